### The learning record store (xAPI)

admin-door-xapi = xAPI record store
admin-door-xapi-text = The tools that leave records of learning.
lrs-credentials = Learning record store
lrs-lead = Tools that speak xAPI leave and read records of learning here. Each has credentials of its own.
lrs-endpoint = Address to give to the tool
lrs-once = Write this password down now: it will never be shown again.
lrs-user = User
lrs-password = Password
lrs-clients = Authorised tools
lrs-platform = The whole platform
lrs-add-title = Authorise a tool
lrs-name = Name of the tool
lrs-name-hint = For example “Quiz of the advocacy workshop”.
lrs-scopes = What it may do
lrs-version = Default edition
lrs-version-hint = The edition announced to a tool that names none.
lrs-add = Create credentials
lrs-scope-all = everything, voiding included
lrs-scope-all-read = read everything
lrs-scope-statements-write = store statements
lrs-scope-statements-read = read all statements
lrs-scope-statements-read-mine = read its own statements
lrs-scope-state = keep the state of activities
lrs-scope-profile = manage profiles
lrs-scope-define = describe activities for everybody

error-xapi-invalid-title = This request does not follow the xAPI standard
error-xapi-invalid-body = The rule “{ $rule }” is broken here: { $where }.
error-xapi-version-title = xAPI version missing or unknown
error-xapi-version-body = The header X-Experience-API-Version must be 1.0.x or 2.0.x.
error-xapi-more-title = This link to more is no longer valid
error-xapi-more-body = Ask again: a link to more is valid for twenty-four hours, for the tool that received it.
error-xapi-alternate-title = Malformed alternate request
error-xapi-alternate-body = The alternate syntax exists in 1.0.3 only: a POST request, the single parameter “method”, everything else in the form.
error-xapi-conflict-title = This id already names something else
error-xapi-conflict-body = A different statement already has the id { $id }. Nothing was stored.
error-xapi-race-title = Two writes at once
error-xapi-race-body = Another request has just created this document. Try again.
error-xapi-unseen-title = This document already exists
error-xapi-unseen-body = Read it, then send your version with the header If-Match (its ETag) or If-None-Match.
error-xapi-precondition-title = This document has changed in the meantime
error-xapi-precondition-body = Read it again, then send your version with its new ETag.
error-xapi-scope-title = These credentials do not allow that
error-xapi-scope-body = Ask an administrator for credentials that do.
error-cmi5-rule-title = This step does not follow cmi5
error-cmi5-rule-body = Requirement not met: { $requirement }. Nothing was recorded.

lrs-tab-clients = Tools
lrs-tab-statements = Statements
lrs-tab-forwarding = Forwarding
lrs-statements = Learning statements
lrs-statements-lead = Who did what, and when: everything that modules and tools have stored here.
lrs-statement = A statement
lrs-found = Statements
lrs-none = No statements
lrs-none-text = Nothing matches this search. Widen it, or come back later.
lrs-reload = Refresh
lrs-live-on = New statements appear by themselves.
lrs-live-new = New statements:
lrs-f-agent = Person
lrs-f-agent-hint = An e-mail address, an id, or an account (the site’s address, a space, the name).
lrs-f-verb = Verb
lrs-f-activity = Activity
lrs-f-activity-hint = A module’s short name, or a whole address.
lrs-f-registration = Registration
lrs-f-since = Stored after
lrs-f-until = Stored until
lrs-f-client = Tool
lrs-f-organisation = Organisation
lrs-f-voided = Voided statements
lrs-f-statement = The statement’s id
lrs-f-related = Look in the context too (related people and activities)
lrs-f-more = More criteria
lrs-f-clear = Clear all
lrs-any-verb = Any verb
lrs-any-client = Any tool
lrs-any-organisation = Any organisation
lrs-voided-with = show them too
lrs-voided-without = hide them
lrs-voided-only = only these
lrs-voided = Voided
lrs-voiding = Voids another statement
lrs-voided-text = This statement was voided: tools no longer get it, but it stays here.
lrs-response = Response
lrs-object = Object
lrs-stored = Stored
lrs-edition = Edition
lrs-target = The statement it is about
lrs-about = Statements about it
lrs-attachments = Attachments
lrs-attachments-count = { $count ->
    [one] { $count } attachment
   *[other] { $count } attachments
}
lrs-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
lrs-as-received = As it is kept
lrs-a-statement = another statement
lrs-files = Take these statements with you
lrs-files-text = All those of this search, oldest first. The last line of the file says how many there are: without it, the file is not whole.
lrs-saved = Saved searches
lrs-saved-manage = Manage saved searches
lrs-keep = Save this search
lrs-keep-text = It will be one click away, and can narrow what is forwarded. Limited to an organisation, it belongs to it.
lrs-keep-name = Name of the search
lrs-keep-action = Save
lrs-forget = Forget
lrs-forwarding = Forwarding to other stores
lrs-forwarding-lead = Each statement stored here goes to these stores too, in order and once.
lrs-targets = Receiving stores
lrs-targets-none = Nothing is forwarded
lrs-targets-none-text = Statements stay here. Add a store for it to get them too.
lrs-target-all = All statements
lrs-target-delivered = { $count ->
    [one] { $count } statement delivered
   *[other] { $count } statements delivered
}
lrs-target-refused = { $count ->
    [one] { $count } statement refused
   *[other] { $count } statements refused
}
lrs-target-lag = { $more ->
    [yes] more than { $count } waiting
   *[no] { $count ->
        [one] { $count } waiting
       *[other] { $count } waiting
    }
}
lrs-target-current = Up to date
lrs-target-off = Stopped
lrs-target-error = Last try:
lrs-trouble-address = the address is not one that is called
lrs-trouble-silent = nobody answers at that address
lrs-trouble-answer = the answer is too long or cut off
lrs-target-switch-off = Stop
lrs-target-switch-on = Start
lrs-target-remove = Remove
lrs-target-add = Add a store
lrs-target-name = Name of the store
lrs-target-url = Address
lrs-target-url-hint = The one the other store gives to its tools, without “statements”.
lrs-target-version = Edition spoken
lrs-target-query = Which statements
lrs-target-query-hint = A saved search can narrow them.
lrs-target-from = Beginning when
lrs-target-from-now = now
lrs-target-from-start = at the start: everything that is there already
lrs-target-add-action = Add this store
lrs-verb-initialized = opened
lrs-verb-launched = launched
lrs-verb-attempted = attempted
lrs-verb-experienced = went through
lrs-verb-progressed = got further in
lrs-verb-answered = answered the question
lrs-verb-responded = answered
lrs-verb-asked = asked
lrs-verb-attended = attended
lrs-verb-registered = registered for
lrs-verb-commented = commented on
lrs-verb-shared = shared
lrs-verb-interacted = used
lrs-verb-mastered = mastered
lrs-verb-completed = completed
lrs-verb-passed = passed
lrs-verb-failed = did not pass
lrs-verb-scored = got a score for
lrs-verb-suspended = paused
lrs-verb-resumed = resumed
lrs-verb-terminated = left
lrs-verb-exited = exited
lrs-verb-voided = voided
lrs-verb-satisfied = met the conditions of
lrs-verb-waived = is exempt from
lrs-verb-abandoned = left unfinished
lrs-verb-accepted = accepted an answer to
lrs-verb-replied = replied to
lrs-verb-unregistered = gave up a seat in
lrs-verb-viewed = viewed
lrs-verb-created = created
flash-query-kept = The search is saved.
flash-query-forgotten = The search is forgotten.
flash-target-added = The store is added: statements are on their way.
flash-target-retried = Trying again now.
form-iri = Write a whole address, for example https://example.org/activity.
form-uuid = That is not an id: 32 digits and letters, in five groups.
form-agent = Write an e-mail address, an id or an account.
form-statement-unknown = No statement has this id.
error-lrs-query-title = This search makes no sense
error-lrs-query-body = Go back to the list and correct what is marked there.
error-query-used-title = This search is in use
error-query-used-body = A store is narrowed by it. Change or remove that store first.
