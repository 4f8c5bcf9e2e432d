### Seminars

seminars-title = Calendar
seminars-upcoming = Upcoming
seminars-past = Past
seminars-region = Region
seminars-show = Show
seminars-none = No seminar for now.
seminars-all-regions = All regions
seminars-online = Online
seminars-cancelled = Cancelled
seminars-take-seat = Take my seat
seminars-give-up = Give up my seat
seminars-seats = Registrations
seminars-colleagues = What other members of your organisation do counts too.
seminars-need-started = Open “{ $module }”
seminars-need-progress = Follow at least { $percent } of “{ $module }”
seminars-need-completed = Complete “{ $module }”
seminars-need-passed = Pass “{ $module }”
seminars-need-score = Score at least { $percent } in “{ $module }”
seminars-have-nothing = Not started yet
seminars-have-progress = You are at { $percent }
seminars-have-completed = Completed
seminars-have-passed = Passed
seminars-have-failed = Completed, to be retaken to pass
seminars-have-score = Your score: { $percent }
seminars-have-colleague = A member of your organisation is working on it
seminars-have-colleague-met = Met by a member of your organisation
seminars-rule-open = Open to everybody.
seminars-rule-one = One condition must be met.
seminars-rule-all = All of these conditions must be met.
seminars-rule-some = { $need } of these { $of } conditions are enough.
seminars-door-open = The door is open
seminars-door-open-text = Your seat is waiting.
seminars-door-closed = The door is still closed
seminars-door-closed-text = Here is what remains to be done.
seminars-door-registered = You have a seat
seminars-door-registered-text = See you soon!
seminars-door-full = Full
seminars-door-full-text = All seats are taken.
seminars-door-over = This seminar is over
seminars-door-over-text = Registration is closed.
seminars-door-cancelled = This seminar is cancelled
seminars-door-cancelled-text = Registration is closed.
seminars-door-signed-out = Sign in to know
seminars-door-signed-out-text = We will tell you what you have and what remains.
flash-seat-taken = You have a seat.
flash-seat-given-up = You gave up your seat.
error-bad-cursor-title = This cursor is not valid
error-bad-cursor-body = Start the list again.
error-seats-above-capacity-title = More seats taken than that
error-seats-above-capacity-body = The capacity cannot go below the seats taken.
error-unknown-module-title = Unknown module
error-unknown-module-body = The rule names a module that does not exist.
error-seminar-invalid-title = Seminar to be corrected
error-seminar-invalid-body = Check the title, dates, capacity and rule.
error-not-eligible-title = The door is still closed
error-not-eligible-body = Some conditions are still to be met.
error-seminar-full-title = Full
error-seminar-full-body = All seats are taken.
error-seminar-begun-title = Too late
error-seminar-begun-body = This seminar has begun.
error-seminar-cancelled-title = Seminar cancelled
error-seminar-cancelled-body = This seminar will not take place.
error-unknown-learner-title = Unknown learner
error-unknown-learner-body = Nobody has this address.
error-seat-taken-title = Seat already taken
error-seat-taken-body = This person has a seat already.
seminars-lead = Small meetings, near you. The door opens with what you have learnt.
seminars-none-text = Choose another region or come back soon: more dates are on their way.
seminars-new = Announce a seminar
seminars-edit = Edit the seminar
seminars-hours = { $from } to { $to }
seminars-days = { $from } to { $to }
seminars-of-capacity = of { $count }
seminars-join = Join online
seminars-retake = See the module again
seminars-organise = For the team
seminars-taken-count = { $count ->
    [0] Nobody has registered yet.
    [one] { $count } seat taken of { $capacity }.
   *[other] { $count } seats taken of { $capacity }.
}
seminars-part-what = What is it about?
seminars-part-when = Where and when?
seminars-part-rule = Who may enter?
seminars-part-rule-text = The door opens to people who meet enough of these conditions. Each of them sees what they have and what remains. Without conditions everybody may register.
seminars-field-title = Title
seminars-field-summary = What people come for
seminars-field-summary-hint = A few sentences; a new line begins a new paragraph.
seminars-field-language = Language of the meeting
seminars-field-axis = Axis
seminars-no-axis = None
seminars-everywhere = All regions
seminars-zone = Time zone: { $zone }.
seminars-field-starts = Starts
seminars-field-ends = Ends
seminars-field-place = Place
seminars-field-place-hint = Leave it empty if the meeting is online only.
seminars-field-link = Online link
seminars-field-link-hint = Shown only to people who have a seat.
seminars-capacity = Number of seats
seminars-field-need = How many conditions are enough?
seminars-need-count = { $count ->
    [0] None: open to everybody
    [one] At least { $count } condition
   *[other] At least { $count } conditions
}
seminars-condition = Condition { $n }
seminars-field-module = Module
seminars-no-module = (no module)
seminars-field-level = Level to reach
seminars-level-started = Started
seminars-level-progress = Followed to at least…
seminars-level-completed = Completed
seminars-level-passed = Passed
seminars-level-score = Score of at least…
seminars-field-least = Percentage
seminars-least-hint = The percentage is used by the levels “followed” and “score” only.
seminars-more = Add conditions
seminars-field-scope = Who must meet them?
seminars-scope-person = The person who registers
seminars-scope-organisation = That person, or any member of their organisation
seminars-cancel = Call this seminar off
seminars-cancel-text = Nobody can register any more, those who have a seat get a mail, and the page says that the meeting does not take place. This cannot be undone.
seminars-cancel-do = Yes, call it off
seminars-attendees-of = Registrations: { $name }
seminars-seats-taken = Seats taken
seminars-seats-free = Seats left
seminars-who = Person
seminars-taken-at = Registered
seminars-evidence = What opened the door
seminars-evidence-none = Door open to everybody
seminars-by-colleague = by a member of the organisation
seminars-nobody = Nobody has registered yet
seminars-nobody-text = The list fills with the first registrations.
seminars-door-begun = This seminar has begun
seminars-door-begun-text = Registration is closed.
flash-seminar-made = The seminar is announced.
flash-seminar-changed = The seminar is up to date.
flash-seminar-cancelled = The seminar is called off.
form-place-or-link = Give a place, or a link if the meeting is online.
form-link = Write the whole address, for example https://visio.example.org/room.
form-ends-before = The end must come after the start.
form-percentage = Write a percentage, for example 50.
form-rule-needs-more-than-listed = Choose at least as many modules as conditions are asked for.
form-rule-level-out-of-range = A percentage lies between 0 and 100.
form-rule-module-twice = This module is in another condition already.
form-rule-too-many = That is too many conditions: 50 at most.
form-seats-above-capacity = More seats than that are taken already.

seminars-mail-cancelled-subject = Called off: { $title }
seminars-mail-cancelled-body = Hello { $name },

    The seminar “{ $title }” will not take place. There is nothing to do: your seat is released.

    What you have learnt stays yours, and opens other doors.
seminars-mail-cancelled-action = See the seminar’s page

## An organisation's progress

progress-osc-title = Progress of { $name }
progress-osc-members = Members
progress-osc-started = Modules started
progress-osc-completed = Modules completed
progress-osc-passed = Modules passed
progress-osc-mean = Mean progress
progress-osc-former = Left the organisation
progress-near = One step away from a seminar
progress-near-none = Nobody is one step away from a seminar right now.
progress-near-or = or
progress-grid = Members and modules
progress-member = Member
progress-completed-by = Completed by
progress-former-text = What former members did during their membership still counts for the organisation.
progress-no-members = No members yet: invite them from the Members tab.
progress-no-modules = No module is published yet.
