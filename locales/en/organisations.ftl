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
flash-member-invited = Done: the person is a member, and a mail invites them if they had no account.
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
organisations-invite-text = The person becomes a member at once. If they have no account, a mail invites them to choose a password.
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
