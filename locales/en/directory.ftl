### Directory: who can help, profiles

directory-title = Directory
directory-lead = People and organisations of the circle, ready to share what they know.
directory-tab-help = Who can help me?
directory-tab-organisations = Organisations
directory-who = Who can help me with…
directory-who-example = bookkeeping, statutes, advocacy…
directory-module = Module completed
directory-skills-in-use = Skills often named
directory-people = People
directory-organisations = Organisations
directory-nobody = Nobody has offered help with this yet
directory-nobody-text = Try another word or fewer filters. And you: what could you bring?
directory-sign-in = Sign in to see the people who offer their help: they show themselves to the circle only.
directory-why = Why this person
directory-why-skill = Knows: { $skill }
directory-why-says = Offers it in their introduction
directory-why-solved = { $count ->
    [one] Solved “{ $heading }”
   *[other] { $count } accepted solutions, “{ $heading }” among them
}
directory-why-completed = Completed the module “{ $heading }”
directory-you = This is your page as others see it.
directory-helps = I can help with
directory-skills = Skills
directory-modules = Modules completed
directory-solutions = Accepted answers
directory-updated = Updated on

# My profile
directory-profile = My profile in the directory
directory-profile-lead = Say what you know how to do: other associations may need it. Nothing is shown without your consent.
directory-as-seen = See my page as others do
directory-shown = Who may see my profile
directory-shown-to = Show my profile
directory-shown-hint = Your address is never shown: people write to you through the platform.
directory-shown-nobody = To nobody
directory-shown-members = To members of organisations and the programme’s team
directory-shown-accounts = To anybody signed in
directory-what = What I say about myself
directory-about = Who I am
directory-about-hint = In two sentences: what you do, what matters to you.
directory-helps-hint = For example: reading through a budget, preparing a general assembly, speaking in public.
directory-skills-offered = What others have named.
directory-skills-more = Other skills
directory-skills-hint = Separated by commas. Twelve in all.
directory-languages = Languages spoken
directory-no-region = Rather not say
directory-shows-organisation = Show the organisations I belong to
directory-shows-modules = Show the modules I completed
flash-profile-kept = Your profile is saved.
form-too-many-skills = Twelve skills at most: keep those that matter.
field-helps = I can help with
field-skills = Other skills

# Messages
directory-write = Write
directory-write-to = Write to { $name }
directory-write-lead = Your message goes through the platform: no address is shown, neither yours nor theirs.
directory-subject = Subject
directory-body = Message
directory-body-hint = Say who you are, what you are looking for, and by when.
directory-messages = Messages
directory-messages-lead = Your conversations with people and organisations of the directory.
directory-no-messages = No messages yet
directory-no-messages-text = Look in the directory for who can help you, and write to them.
directory-unread = { $count ->
    [one] { $count } new
   *[other] { $count } new
}
directory-with = With
directory-me = You
directory-somebody = Somebody
directory-speaking-for = You answer for { $organisation }: that is the name that is shown.
directory-message-hidden = This message was hidden by the team.
directory-answer = Your answer
directory-gone = This person takes no messages at the moment.
directory-block = Take no more messages from them
directory-blocked = Their messages no longer reach you. They do not know.
directory-unblock = Take their messages again
directory-report = Report
directory-report-why = Why
directory-report-note = Anything to add (optional)
directory-report-send = Report to the team
directory-reports = Reported messages
directory-reports-lead = You see the reported message only, not the conversation.
flash-message-sent = Message sent. The answer will arrive here, and a mail will tell you.
flash-blocked = Done: their messages no longer reach you.
flash-unblocked = Done: their messages reach you again.
flash-reported = Thank you: the team will look at this message.
error-too-many-messages-title = Many messages in little time
error-too-many-messages-body = Take a break, then go on: ten new conversations a day, thirty messages an hour.
error-message-unanswered-title = Your message waits for an answer
error-message-unanswered-body = You have written three times: give the other time to answer.
error-nobody-answers-title = Nobody answers for this organisation yet
error-nobody-answers-body = Nobody coordinates it at the moment. Write to your regional office.
field-subject = Subject
directory-mail-message-subject = { $from } writes to you on Halqa
directory-mail-message-body = Hello { $name },

    { $from } wrote to you on Halqa. Read and answer on the platform: your address is shown to nobody.
directory-mail-message-action = Read the message

# Partage
directory-share = Share this page
directory-share-link = Copy the address
directory-share-whatsapp = WhatsApp
directory-share-facebook = Facebook
directory-share-linkedin = LinkedIn
directory-share-x = X
directory-share-alt = { $kind }: { $title }
directory-share-module = Module
directory-share-seminar = Seminar
directory-share-organisation = Organisation
directory-share-space = Space
directory-share-question = Question
directory-share-discussion = Discussion
directory-share-action = Action
