### Accounts: signing in, invitations, passwords, the personal page.

accounts-email = Email address
accounts-name = Full name
accounts-password = Password
accounts-password-new = New password
accounts-password-present = Present password
accounts-password-hint = At least 12 characters. A short sentence only you know does very well.
accounts-password-change = Change the password
accounts-language = Language
accounts-language-hint = Of your pages and of our mails.

accounts-sign-in-title = Welcome back to the circle
accounts-sign-in-lead = Sign in to go on where you were.
accounts-sign-in-wrong = Wrong address or password
accounts-sign-in-wrong-text = Check what you typed and try again, or ask for a new password.
accounts-forgot = Forgot your password?
accounts-no-account = No account yet? The person who coordinates your association or your regional office invites you in a minute.

accounts-forgot-title = Forgotten password
accounts-forgot-text = Give your address: we send a link there to choose a new one.
accounts-forgot-send = Get the link
accounts-sent-title = Look into your mailbox
accounts-sent-text = If this address has an account here, a link is on its way. It works once, for 30 minutes.
accounts-sent-hint = Nothing after a few minutes? Look among the junk mail, or ask your regional office.

accounts-welcome-title = Welcome, { $name }
accounts-welcome-text = Choose a password, and you are one of us.
accounts-welcome-go = Enter the circle
accounts-choose-title = Choose a new password
accounts-choose-text = Your other devices will be signed out.

accounts-me-profile = Who I am
accounts-me-organisations = My organisations
accounts-me-password = Password
accounts-me-sessions = My signed-in devices
accounts-me-sessions-text = One of them is not yours? Sign it out and change your password.
accounts-session-since = Signed in on
accounts-session-seen = Seen on
accounts-session-here = This device
accounts-session-end = Sign out
accounts-sign-out-everywhere = Sign out everywhere

accounts-mail-invitation-subject = { $inviter } invites you to Halqa
accounts-mail-invitation-body = Hello { $name },

    { $inviter } invites you to join Halqa, where associations learn from each other.

    Choose your password with the link below. It works once, for 7 days.
accounts-mail-invitation-action = Join Halqa
accounts-mail-reset-subject = A new password for Halqa
accounts-mail-reset-body = Hello { $name },

    Somebody, probably you, asked for a new password. The link below works once, for 30 minutes.

    It was not you? Do nothing: your password stays the same.
accounts-mail-reset-action = Choose a password

flash-signed-out = You are signed out. See you soon!
flash-signed-out-everywhere = All your devices are signed out.
flash-session-ended = That device is signed out.
flash-password-changed = Your password is changed, your other devices are signed out.
flash-welcome = Your account is ready. Welcome!
flash-saved = Saved.

form-choice = Choose from the list.
form-email = Check this address: something is missing.
form-password-short = It takes at least 12 characters.
form-password-long = Too long: 1,024 bytes at most.
form-password-common = This password is too easy to guess. Try a short sentence of your own.
form-password-wrong = This is not your present password.

error-sign-in-throttled-title = Too many tries in a short time
error-sign-in-throttled-body = To be safe we pause for a moment. Try again in { $seconds } s. You can also ask for a new password.
error-link-used-title = This link has done its work
error-link-used-body = It was used already, or it is too old. Ask for a new one through “Forgot your password?”, or for a new invitation.
error-missing-scope-title = This token does not open this door
error-missing-scope-body = It lacks the scope “{ $scope }”. Ask an administrator for a token that has it.
error-unknown-scope-title = There is no such scope
error-unknown-scope-body = “{ $scope }” is not a known scope.
error-email-taken-title = This address has an account
error-email-taken-body = Look the person up by address: they are one of us already.
error-person-suspended-title = This account is suspended
error-person-suspended-body = An administrator can lift the suspension.
error-last-admin-title = This is the last administrator
error-last-admin-body = Appoint somebody else first: Halqa cannot be without an administrator.
accounts-shows-learning = Beside my answers, show the modules I completed on the same axis
