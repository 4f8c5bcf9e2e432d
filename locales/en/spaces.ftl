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
spaces-hide-text = This text will no longer be visible.
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
