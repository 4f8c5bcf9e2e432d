### Community spaces: topics, replies, solutions.

spaces-title = Spaces
spaces-lead = One space per line of work: ask, answer, and keep what worked.
spaces-topics = { $count ->
    [one] { $count } topic
   *[other] { $count } topics
}
spaces-unanswered = { $count ->
    [one] { $count } unanswered question
   *[other] { $count } unanswered questions
}
spaces-all = All topics
spaces-waiting = Unanswered
spaces-discussions = Discussions
spaces-new = New topic
spaces-new-lead = Put the essential in the title: you will be answered sooner.
spaces-empty-title = Nothing here yet
spaces-empty-text = The first topic may be yours.
spaces-form-title = Title
spaces-form-body = Your text
spaces-form-hint = Markdown works: **bold**, lists, links.
spaces-form-kind = What is it?
spaces-kind-question = A question
spaces-kind-discussion = A discussion
spaces-form-language = Language of the text
spaces-about-module = About the module
spaces-reply = Your reply
spaces-sign-in-to-reply = Sign in to reply
spaces-accept = This is the solution
spaces-unaccept = No longer the solution
spaces-hide = Hide
flash-topic-started = Your topic is online.
flash-replied = Your reply is online.
flash-solution = Noted.
flash-hidden = The text is hidden.
form-too-deep = Too many nested levels: simplify the formatting.
error-too-many-posts-title = You write fast
error-too-many-posts-body = Wait a few minutes before sending another text.

# Questions and a space's home
spaces-home = Home
spaces-unsolved = To be solved
spaces-solved = Solved
spaces-ask = Ask a question
spaces-waiting-title = Waiting for an answer
spaces-waiting-text = Have you been there? Two lines are often enough.
spaces-solutions-title = Latest solutions
spaces-solved-by = Solved by
spaces-aside = Around this space
spaces-modules = Learn on this axis
spaces-events = Coming up
spaces-follow = Follow
spaces-watch = What is new on this axis
spaces-seeks = Looking for a solution
spaces-jump = Go to the solution by
spaces-accepted-by = Solution accepted by
spaces-learned = Has completed:
spaces-edited = (edited)
spaces-post-of = Message by { $name }
spaces-quote-gone = The quoted message can no longer be seen.
spaces-me-too = I have this problem too
spaces-closed-text = This topic is closed: it stays to be read, without new replies.
spaces-form-tags = Tags
spaces-form-tags-hint = Five at most, apart by commas: budget, volunteers.
spaces-about-seminar = About the seminar
error-topic-closed-title = This topic is closed
error-topic-closed-body = It takes no more replies. Start a new topic if your question is another one.
form-newcomer-links = Two links at most in your first messages. This keeps spam out of the community.
form-newcomer-pictures = Pictures will come after your first messages.
# A space's team and doors
spaces-team = The space’s team
spaces-animators = Animated by
spaces-no-animators = Nobody animates this space yet.
spaces-entrust = Entrust the space
spaces-entrust-now = Entrust
spaces-nominated-by = Proposed by the organisation
spaces-nominated-hint = The organisation’s short address, as in the directory.
spaces-mandate-until = Mandate until
spaces-mandate-end = End the mandate
spaces-doors = Who may read
spaces-visibility = Openness
spaces-visibility-public = Everybody
spaces-visibility-members = People who are signed in
spaces-visibility-invitation = By invitation
spaces-languages = Languages of the space
spaces-invited = Invited people
spaces-nobody-invited = Nobody yet.
spaces-invite = Invite
spaces-uninvite = Take off the list
error-nobody-of-this-address-title = We do not know this address
error-nobody-of-this-address-body = Check the address: the person needs an active account.
spaces-documents = Toolbox
spaces-fiche = The solution in the toolbox
spaces-promote = Keep it in the toolbox

# Writing together
spaces-edit = Edit the text
spaces-edit-lead = Everybody can still read the earlier version.
spaces-preview = Preview
spaces-preview-show = Preview
spaces-history = Versions of the text
spaces-history-lead = What this message said before it was changed.
spaces-history-until = Until
spaces-history-now = Now
spaces-quote = Quote
spaces-quoting = You are replying to
spaces-quote-drop = Do not quote
spaces-draft-keep = Keep the draft
spaces-draft-kept = Your draft was waiting for you.
spaces-more = More
spaces-react = React to this message
spaces-reaction-thanks = Thanks
spaces-reaction-useful = Useful
spaces-reaction-same = Same with us
spaces-reaction-brave = Well done
flash-draft = Draft kept.
# The care of a topic
spaces-care = Look after the topic
spaces-pin = Pin
spaces-unpin = Unpin
spaces-close = Close
spaces-reopen = Open again
spaces-show-in = Show in other spaces too
spaces-show-in-text = The topic is still counted once, in its own space.
spaces-move = Move
spaces-move-text = The old link will lead to the new place.
spaces-move-to = To the space
spaces-merge = Merge
spaces-merge-text = The messages join the other topic in their order; the old link leads there.
spaces-merge-into = Address of the other topic
spaces-split = Split
spaces-split-text = The chosen messages become a new topic; the oldest one opens it.
spaces-split-which = Messages
error-care-choice-title = A choice is missing
error-care-choice-body = Go back and say where, or which.
error-split-fiche-title = A fiche depends on this message
error-split-fiche-body = A message that became a fiche stays in its discussion.
# Moderation
spaces-flag = Flag
spaces-flag-why = What is wrong?
spaces-flag-note = Say more if you like
spaces-hide-why = Reason, told to the author
spaces-reason-spam = Advertising or spam
spaces-reason-insult = Insult or hate
spaces-reason-private = Private data
spaces-reason-danger = Puts somebody in danger
spaces-reason-wrong = Wrong information
spaces-reason-other = Something else
spaces-moderation = Moderation
spaces-moderation-lead = What members flagged in the spaces you animate.
spaces-flagged = Flagged
spaces-nothing-flagged = Nothing to look at. Thank you for watching over it.
spaces-dismiss = Let it stand
spaces-appeals = Appeals
spaces-no-appeals = No appeals.
spaces-restore = Show it again
spaces-keep-hidden = Keep it hidden
spaces-texts = My hidden texts
spaces-texts-lead = Why they were hidden, and how to ask for another look.
spaces-texts-none = No hidden text
spaces-texts-none-text = Everything you wrote can be seen.
spaces-appeal = Why should this text come back?
spaces-appeal-send = Ask for another look
spaces-appealed = The animators have your appeal.
flash-flagged = Thank you: the animators will look.
flash-appealed = Your appeal is on its way.
error-appealed-title = You have asked already
error-appealed-body = The animators will answer: once is enough.
spaces-mail-hidden-subject = One of your texts was hidden
spaces-mail-hidden-body = Hello { $name },

    One of your texts in “{ $heading }” was hidden by the animators. You can read why and ask for another look.
spaces-mail-hidden-action = Read why
spaces-mail-restored-subject = Your text can be seen again
spaces-mail-restored-body = Hello { $name },

    After another look, your text in “{ $heading }” can be seen again.
spaces-mail-restored-action = My texts
spaces-mail-refused-subject = Your text stays hidden
spaces-mail-refused-body = Hello { $name },

    The team looked again at your text in “{ $heading }”: it stays hidden.
spaces-mail-refused-action = My texts

# Pictures
spaces-pictures = Pictures for your texts
spaces-pictures-lead = Send a photograph, then paste its line into your message.
spaces-pictures-add = Add a picture
spaces-pictures-drop = Choose a picture or drop it here
spaces-pictures-hint = JPEG, PNG or WebP, up to 20 MB. Place and camera are removed.
spaces-pictures-words = What is on it
spaces-pictures-words-hint = For people who do not see it.
spaces-pictures-latest = Your last pictures
spaces-pictures-copy = Copy the line and paste it where the picture shall be.
spaces-pictures-line = The line to paste
flash-picture = The picture is ready.
spaces-no-talk = Nobody has talked about it here yet.
form-newcomer-files = Files come after your first messages.
spaces-files = Files for your texts
spaces-files-lead = Send a file, then paste its line into your message.
spaces-files-add = Attach a file
spaces-files-drop = Choose a file or drop it here
spaces-files-hint = PDF, document, spreadsheet, slides or text, up to 50 MB. A template to share belongs in the toolbox.
spaces-files-latest = Your latest files
spaces-files-copy = Copy the line, paste it where the file shall be.
flash-file = The file is ready.
