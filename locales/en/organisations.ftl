### Organisations

organisations-title = Directory of organisations
organisations-lead = Associations, networks and public actors of the circle, region by region.
organisations-new = Add an organisation
organisations-edit = Describe the organisation
organisations-all = All
organisations-search = Name or governorate
organisations-results = Organisations found
organisations-name = Name
organisations-region = Region
organisations-governorate = Governorate
organisations-about = What it does
organisations-axis = Axis
organisations-axes = Axes
organisations-kind = Kind
organisations-kind-association = Association
organisations-kind-network = Network
organisations-kind-public-actor = Public actor
organisations-verified = Verified
organisations-verify = Mark as verified
organisations-unverify = Take the verification back
organisations-none = No organisation found
organisations-none-text = Widen the search: fewer filters, or part of the name.
organisations-tab-about = About
organisations-tab-members = Members
organisations-tab-progress = Progress
organisations-since = Since
organisations-until = until
organisations-past = Left
organisations-coordinator = Coordination
organisations-invited = Invitation sent
organisations-make-coordinator = Make coordinator
organisations-make-member = Make member
organisations-end = End membership
organisations-invite = Invite somebody
organisations-invite-send = Send the invitation
error-last-coordinator-title = This is the last coordinator
error-last-coordinator-body = Make somebody else coordinator first: an organisation is not left without one.
organisations-members-count = { $count ->
    [0] Members
    [one] { $count } member
   *[other] { $count } members
}
organisations-no-members = Nobody yet: begin by inviting the person who will coordinate.
organisations-past-members = Former members
organisations-past-text = What these people learnt during their membership still counts for the organisation.
organisations-change-of = Edit: the membership of { $name }
organisations-no-about = This organisation has not introduced itself yet.

# Rest and trust
organisations-resting = Your organisation is at rest
organisations-resting-text = Nobody else sees it: neither its page, nor its members, nor what they wrote. Nothing is lost.
organisations-wake = Show it again
organisations-rest = Put the organisation to rest
organisations-rest-text = In one moment your organisation, its members and everything they published disappear for everybody else: pages, lists, search, feeds. Your members keep their accounts and their modules.
organisations-rest-back = You can undo it whenever you like: everything comes back as it was.
organisations-rest-now = Put it to rest now
organisations-trust = Publish its documents without a release
organisations-untrust = Ask for a release of its documents again
flash-resting = Done: your organisation is at rest.
flash-awake = Your organisation can be seen again.
organisations-documents = Its documents

# Invitations
organisations-invite-text = The person gets a mail and becomes a member when they accept, whether or not they have an account.
flash-member-invited = Done: a mail is on its way. The person will be a member once they accept.
flash-member-waits = This address has an invitation that waits for its answer already.
flash-member-already = This person is a member already.
flash-member-declined = This person declined lately: we leave them in peace for now.
flash-link-made = The link is ready: pass it on.
flash-revoked = Taken back: the invitation works no more.
flash-joined = Welcome! You are a member.
flash-declined = Noted: you declined the invitation.
flash-left = Done: you have left the organisation.
organisations-waiting = { $count ->
    [0] Invitations
    [one] { $count } invitation waits
   *[other] { $count } invitations wait
}
organisations-invited-at = Invited on
organisations-declined = Declined
organisations-expired = Expired
organisations-revoke = Take back
organisations-revoke-of = Take back the invitation of { $name }
organisations-leave = Leave
organisations-leave-of = Leave { $organisation }
organisations-leave-text = What you learned stays yours. Your progress will no longer be shown to the organisation.
organisations-leave-now = Leave the organisation
organisations-invitations = Invite to the organisation
organisations-invitations-more = By link, QR code or list
organisations-links = A link to pass on
organisations-links-text = Send it to your group, or show the QR code at a meeting. Each person chooses to accept.
organisations-link-qr = QR code of the invitation link
organisations-link-address = Address of the link
organisations-link-uses = Used { $uses } of { $max } times
organisations-link-revoke = Switch this link off
organisations-link-for = For how many people
organisations-link-days = Valid (days)
organisations-link-make = Make a link
organisations-sheet = A list of addresses
organisations-sheet-text = A CSV file with the columns “name” and “email” (and “language” if you like): 10,000 lines at most. Excel’s semicolons are fine.
organisations-sheet-file = CSV file
organisations-sheet-send = Invite these people
organisations-sheet-coding = This file is not UTF-8. In Excel: “Save as”, then “CSV UTF-8”.
organisations-sheet-too-long = This file is too long: 10,000 lines and 2 MB at most. Cut it in parts.
organisations-sheet-empty = We found no line to read in this file.
organisations-sheet-answer = { $sent ->
    [0] No invitation sent, of { $all } lines
    [one] { $sent } invitation sent, of { $all } lines
   *[other] { $sent } invitations sent, of { $all } lines
}
organisations-sheet-line = Line
organisations-sheet-result = Result
organisations-sheet-more = { $count ->
    [one] And another line, handled alike.
   *[other] And { $count } other lines, handled alike.
}
organisations-sheet-sent = Invitation sent
organisations-sheet-waiting = Invited already
organisations-sheet-member = A member already
organisations-sheet-declined = Declined lately
organisations-sheet-too-many = Limit of the day reached
organisations-sheet-no-address = No address
organisations-sheet-address = Unreadable address
organisations-sheet-name = Name refused: too long, or a formula
organisations-sheet-twice = Address stands above already
organisations-join = Join { $organisation }
organisations-join-text = Those who coordinate will see your name, your address and your progress in modules while you are a member. You can leave whenever you like.
organisations-join-sent = Look into your mailbox: the message holds the link to accept.
organisations-join-member = You are a member already.
organisations-join-as = Accept as { $name }
organisations-join-sign-in = I have an account: sign in to accept
organisations-join-create = Create my account and accept
organisations-join-decline = No thanks
organisations-join-ask = I have no account yet
organisations-join-ask-text = Give your address: we send you the link to accept.
organisations-join-ask-send = Get the link
organisations-mail-invitation-subject = { $inviter } invites you to join { $organisation }
organisations-mail-invitation-body = Hello { $name },

    { $inviter } invites you to join { $organisation } on Halqa, where associations learn from each other.

    Nothing happens without you: open the link to accept or decline. It works for 30 days.
organisations-mail-invitation-action = See the invitation
error-too-many-invitations-title = Many invitations today
error-too-many-invitations-body = The limit of the day is reached. Go on tomorrow, or ask your regional office.
error-no-address-title = This person has no address
error-no-address-body = They came from another platform, without an address: no mail can be sent to them.

organisations-verified-by = Verified by { $name } on
organisations-verified-on = Verified on
organisations-confirmed = Confirmed by the organisation on
organisations-updated = Page updated on
organisations-confirm = All still right
organisations-members-only = For people who are signed in
organisations-make-public = Open this page to everybody
organisations-make-private = Keep this page for people who are signed in
flash-confirmed = Thank you: the page is confirmed today.
