### LTI: course platforms

lti-description = Short modules for associations: running one, projects, advocacy, transparency.
lti-pick = Choose Halqa modules
lti-learner-unnamed = Unnamed
lti-comment-progress = Under way: { $percent }%
lti-back = Back to the course
lti-reason = For the administrator:
lti-continue-title = Opening the module
lti-continue-wait = One moment…
lti-continue-why = Your browser does not let this page remember you inside another site. Open the module in a new window: your progress is waiting there.
lti-continue-window = Open in a new window
lti-continue-here = Continue here
lti-answer-title = Back to your platform
lti-answer-text = Your choice is ready. If nothing happens, use the button.
lti-answer-button = Continue
lti-window-why = This module opens in a window of its own: inside another site your browser would keep it from showing.
lti-window-after = Your results come back here by themselves. Close the window when you have finished.

lti-waiting-title = The module is on its way
lti-waiting-text = Whoever runs this course has not chosen the module yet. Come back a little later.
lti-done-title = Saved
lti-done-text = Your progress is kept. You will pick up exactly here.
lti-done-close = You can close this window.
lti-done-link = Do you also have a Halqa account?
lti-done-link-action = Link the two
lti-link-title = Link my accounts
lti-link-lead = You are signed in here as { $name }.
lti-link-text = From now on, what you follow from your platform counts for this account. What you did there before stays apart.
lti-link-whose = On “{ $platform }” you are “{ $name }”. If that is not you, link nothing: that person would then enter your account.
lti-link-action = Link to this account
lti-link-no = No, thanks
lti-identities-title = My platforms
lti-identities-lead = The course platforms from which you open modules with this account.
lti-identities-seen = Last opened:
lti-identities-unlink = Unlink
lti-identities-none = No platform linked
lti-identities-none-text = Open a module from your platform, then leave it: you will be offered to link the two accounts.
lti-register-title = Connect this platform to Halqa
lti-register-text = { $host } will be able to open Halqa modules and receive the results. A Halqa administrator confirms afterwards.
lti-register-action = Connect
lti-register-done = Done. A Halqa administrator still has to confirm; then activate the tool on your side.
lti-register-close = Finish
lti-shelf-title = Choose modules
lti-shelf-link = Which module does this link open?
lti-shelf-search = Search for a module
lti-shelf-language = Language
lti-shelf-any = Any
lti-shelf-axis = Axis
lti-shelf-any-axis = All
lti-shelf-preview = Preview
lti-shelf-preview-of = Preview { $title } in a new window
lti-shelf-graded = Send the results to the gradebook
lti-shelf-target = The module opens
lti-shelf-iframe = inside the course page
lti-shelf-window = in a new window
lti-shelf-add = Add to the course
lti-shelf-choose = Choose this module
lti-shelf-cancel = Cancel
lti-shelf-none = No module
lti-shelf-none-text = Try another word or another language.
lti-shelf-nothing = Choose at least one module.
lti-shelf-impossible = Your platform does not accept links to tools here.
lti-class-open = Open the module
lti-class-change = Choose another module
lti-class-members = Who has not begun?
lti-class-silent = Your platform does not tell who is in the course. Try again later.
lti-class-learners = Progress
lti-class-nobody = Nobody has opened this module yet.
lti-class-sent = Grade sent
lti-class-unsent = Grade on its way
lti-admin-title = Course platforms (LTI)
lti-admin-lead = Moodle, Canvas and others open Halqa modules and receive the results.
lti-platforms = Connected platforms
lti-platforms-none = No platform yet
lti-platforms-none-text = Make a registration link and give it to the platform’s administrator.
lti-state-pending = To be confirmed
lti-state-active = Open
lti-state-closed = Closed
lti-invite-title = Register a platform
lti-invite-text = The link works once, for seven days. The platform’s administrator pastes it into LTI 1.3 dynamic registration.
lti-invite-action = Make the link
lti-invitation-once = Copy this link now: it is never shown again.
lti-consumer-once = Copy key and secret now: the secret is never shown again.
lti-add-platform = Register by hand (LTI 1.3)
lti-add-platform-text = Give these addresses to the platform, then note its own here.
lti-add-platform-action = Register the platform
lti-add-consumer = Older platform (LTI 1.1)
lti-add-consumer-text = For platforms that do not know LTI 1.3: a key and a secret.
lti-add-consumer-action = Make key and secret
lti-ours-login = Login address
lti-ours-launch = Launch and redirect address
lti-ours-deep-linking = Content selection address
lti-ours-jwks = Public keys
lti-ours-cartridge = LTI 1.1 cartridge
lti-field-name = Name
lti-field-issuer = Issuer
lti-field-client-id = Client ID
lti-field-auth-url = Authentication address
lti-field-token-url = Token address
lti-field-jwks-url = Key set address (JWKS)
lti-field-deployment = Deployment
lti-field-deployment-hint = Empty: all deployments of this platform are accepted.
lti-field-organisation = Organisation
lti-field-organisation-hint = People who come from this platform become members of it: their progress counts there.
lti-no-organisation = None
lti-field-hosts = Other hosts of this platform
lti-field-hosts-hint = Host names apart by spaces, if grades or pages come from elsewhere.
lti-field-open-deployments = Accept new deployments
lti-field-guests = Accept anonymous launches
lti-field-lenient = Accept signatures that repeat the address in the form (Canvas)
lti-field-key = Key
lti-field-secret = Secret
lti-pending-text = This platform registered with your link. Check its addresses, then open it.
lti-open = Open
lti-close = Close
lti-deployments = Deployments
lti-deployment-accept = Accept
lti-contexts = Courses
lti-contexts-text = A course can count for an organisation: from their next launch its learners are members.
lti-keys-title = Signing keys
lti-keys-text = A new key is published a day before it signs; the old one stays published for a week.
lti-keys-from = Signs from
lti-keys-until = Published until
lti-keys-signs = In use
lti-keys-rotate = Make the next key
lti-grades-title = Grades to be delivered
lti-grades-lead = What platforms have not received yet, and why.
lti-grades-failed = Failed
lti-grades-under-way = On its way
lti-grades-retry = Try again
lti-grades-none = Everything is delivered
lti-grades-none-text = Each platform has its learners’ latest grades.
flash-lti-linked = Your accounts are linked.
flash-lti-unlinked = The platform is unlinked from this account.
flash-lti-rotated = The next key is published. It signs in a day.
form-address = This address cannot be used: it must begin with https://.
form-lti-registered = This platform is already registered with this id.
lti-class-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
lti-class-completed = { $count ->
    [one] { $count } has finished
   *[other] { $count } have finished
}
lti-class-missing = { $count ->
    [0] Everybody has begun
    [one] { $count } person has not begun
   *[other] { $count } people have not begun
}
lti-grades-waiting = { $count ->
    [0] All grades are delivered
    [one] { $count } grade to deliver
   *[other] { $count } grades to deliver
}
lti-grades-tries = { $count ->
    [one] { $count } try
   *[other] { $count } tries
}
error-lti-unreadable-title = This message cannot be read
error-lti-unreadable-body = Your course platform sent something incomplete. Open the module from your course; if it happens again, tell its administrator.
error-lti-too-large-title = This message is too long
error-lti-too-large-body = Your course platform sent too much data. Tell its administrator.
error-lti-relaunch-title = Open the module again
error-lti-relaunch-body = This launch was used already, has run out, or comes from another browser. Go back to your course and click the link again: your progress is waiting.
error-lti-untrusted-title = This signature does not hold
error-lti-untrusted-body = We cannot verify that this message comes from your course platform. Tell its administrator.
error-lti-unknown-platform-title = This platform is not connected
error-lti-unknown-platform-body = Your course platform is not connected to Halqa, or not any more. Its administrator can ask for registration.
error-lti-deployment-title = Ask the administrator
error-lti-deployment-body = This part of your platform is not open here yet. Halqa’s administrator sees the request and can accept it.
error-lti-suspended-title = This account is suspended
error-lti-suspended-body = Write to the Halqa team if you think this is a mistake.
error-lti-anonymous-title = Who are you?
error-lti-anonymous-body = Your platform did not say who you are, and anonymous launches are not accepted here.
error-lti-instructor-title = For those who teach
error-lti-instructor-body = Only people who teach in this course can add modules to it.
error-lti-no-module-title = This module is not there any more
error-lti-no-module-body = The link leads to a module that does not exist or is no longer published. Tell whoever runs the course.
error-lti-too-many-title = A little patience
error-lti-too-many-body = Too many launches at once from your network. Try again in a minute.
error-lti-platform-title = Your platform said no
error-lti-platform-body = Your course platform did not confirm the launch. Sign in there again, then retry.
error-lti-session-title = This launch is over
error-lti-session-body = Go back to your course and open the module again.
error-lti-registered-title = Registered already
error-lti-registered-body = This platform is already registered with this client id.
error-lti-registration-title = Incomplete registration
error-lti-registration-body = Check this field: { $field }.
error-lti-unknown-organisation-title = Unknown organisation
error-lti-unknown-organisation-body = Choose an organisation from the list, or leave it empty.
lti-grades-retry-all = Try all given-up grades again
