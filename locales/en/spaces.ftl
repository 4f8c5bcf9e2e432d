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
spaces-module = Related module
flash-topic-started = Your topic is online.
flash-replied = Your reply is online.
flash-solution = Noted.
flash-hidden = The text is hidden.
form-too-deep = Too many nested levels: simplify the formatting.
error-too-many-posts-title = You write fast
error-too-many-posts-body = Wait a few minutes before sending another text.
