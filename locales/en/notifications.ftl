### Notifications: in the page and by mail, each with its reason.

notifications-title = Notifications
notifications-bell = { $count ->
    [0] Notifications: nothing new
    [one] Notifications: { $count } new
   *[other] Notifications: { $count } new
}
notifications-unread = { $count ->
    [0] You have read everything.
    [one] { $count } notification is unread.
   *[other] { $count } notifications are unread.
}
notifications-new = New
notifications-read-all = Mark all as read
notifications-empty = Nothing for now
notifications-empty-text = When somebody answers you, mentions you, or something you follow moves, you will see it here.
notifications-what-question = New question
notifications-what-discussion = New discussion
notifications-what-reply = New reply
notifications-what-solution = Solution found
notifications-what-module = New module
notifications-what-version = New version of the module
notifications-what-seminar = Seminar announced
notifications-what-document = New document
notifications-why-mentioned = Because you were mentioned
notifications-why-accepted = Because your answer was accepted as a solution
notifications-why-asked = Because it is your topic
notifications-why-answered = Because you answered this topic
notifications-why-seat = Because you have a seat in this seminar
notifications-why-chosen = Because you chose it
notifications-why-space = Because you follow the space { $name }
notifications-why-tag = Because you follow the tag { $name }
notifications-why-organisation = Because you follow { $name }
notifications-why-person = Because you follow { $name }
notifications-why-module = Because you follow the module { $name }
notifications-why-seminar = Because you follow the seminar { $name }
notifications-why-topic = Because you follow this topic
notifications-why-watch = Because you saved the search { $name }
notifications-settings = Settings
notifications-settings-lead = You choose what reaches you by mail, and when. Each mail says why you get it and stops with one click.
notifications-mail = By mail
notifications-direct = When you are mentioned, or your answer is accepted
notifications-direct-hint = Everything else is set for each thing you follow.
notifications-hour = Hour of the digests
notifications-weekday = Day of the weekly digest
notifications-hour-hint = Tunis time. A new choice holds from the next digest on.
notifications-feed = Your own feed
notifications-feed-text = The address of your notifications for a feed reader (Atom). It is secret: whoever knows it can read them.
notifications-feed-renew = Change the address
notifications-feed-title = Halqa: my notifications
notifications-bounced = Your mail comes back to us
notifications-bounced-text = The server of your address refuses our mail; we no longer write to it. The address:
notifications-bounced-again = The address works again: write to me
notifications-mail-subject = { $what }: { $heading }
notifications-mail-daily = { $count ->
    [one] Halqa: { $count } thing new today
   *[other] Halqa: { $count } things new today
}
notifications-mail-weekly = { $count ->
    [one] Halqa: { $count } thing new this week
   *[other] Halqa: { $count } things new this week
}
notifications-mail-hello = Hello { $name },
notifications-mail-open = See all my notifications
notifications-mail-more = There is more on the page.
notifications-mail-stop = Stop this digest
notifications-mail-stop-one = Stop these mails
notifications-mail-settings = My notification settings
notifications-stop-title = Stop these mails?
notifications-stop-text = This is about: { $what }. Your notifications stay visible on the page.
notifications-stop-now = Stop them
notifications-stop-all = Stop all notification mails
notifications-stop-direct = when you are mentioned or your answer is accepted
notifications-stop-daily = the daily digest
notifications-stop-weekly = the weekly digest
notifications-stop-instant = the mails sent at once
notifications-stop-follow = mails about { $name }
notifications-stop-something = mails about what you followed
notifications-stop-all-of = all notification mails
notifications-stopped-title = Stopped
notifications-stopped-text = You will no longer get: { $what }.
notifications-stopped-page = You can close this page. Nothing else has changed.
flash-all-read = Everything is read.
flash-feed-renewed = Your feed has a new address. The old one no longer works.
field-direct = When you are mentioned
field-hour = Hour of the digests
field-weekday = Day of the digest
notifications-what-outside = Seen elsewhere
notifications-what-room = Invitation to a coalition room
notifications-why-room = Because you coordinate the organisation that is invited
notifications-what-room-joined = An organisation takes part in your coalition room
notifications-why-room-host = Because your organisation invited it
