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

## The rule

seminars-need-present = Have come to “{ $module }”
seminars-need-present-at = Have attended at least { $percent } of “{ $module }”
seminars-need-attended = Have attended all of “{ $module }”
seminars-need-fresh = { $count ->
    [one] { $need }, less than a month ago
   *[other] { $need }, less than { $count } months ago
}
seminars-have-not-attended = You were not there
seminars-have-present = Present at { $percent }
seminars-have-attended = You were there
seminars-have-stale = Too long ago: to be done again
seminars-have-recognised = Prior learning recognised by the regional team
seminars-see-seminar = See the meeting
seminars-each-seat = Everybody who comes must meet them, those whom an organisation names too.
seminars-members = { $count ->
    [one] At least one member of your organisation must meet them alone.
   *[other] At least { $count } members of your organisation must meet them, each by themselves.
}
seminars-members-have = { $count ->
    [0] Nobody does yet.
    [one] One member does.
   *[other] { $count } members do.
}
seminars-admitted = The regional team opens the door for you:
seminars-scope-each-seat = Everybody who comes, named by their organisation or not
seminars-scope-members = Several members of their organisation, each by themselves
seminars-field-members = How many members?
seminars-field-members-hint = Only for “several members”.
seminars-a-seminar = Meeting: { $title }
seminars-line-more = Age, group
seminars-field-months = Not older than (months)
seminars-field-group = Group
seminars-group = Group { $letter }
seminars-group-none = No group
seminars-field-group-need = How many of group { $letter } are enough?
seminars-rule-kept = This rule has several storeys and does not fit this form: it stays as it is.
seminars-simulate = See who could register
seminars-simulated = Today, this rule would give
seminars-simulated-eligible = Can register
seminars-simulated-organisations = Organisations
seminars-simulated-near = One step away
seminars-simulated-population = Accounts in all
seminars-older-rule = Registered under rule no. { $n }
seminars-decisions = Decisions of the team
seminars-decisions-text = Each decision has a reason and stays in the log.
seminars-admissions = Doors opened despite the rule
seminars-recognitions = Recognised prior learning
seminars-revoke = Take back
seminars-admit = Open the door to somebody despite the rule
seminars-admit-text = They take a seat themselves, if one is left.
seminars-admit-do = Open the door
seminars-recognise = Recognise prior learning
seminars-recognise-text = The module will count as passed, here and wherever a rule asks for it.
seminars-recognise-do = Recognise
seminars-field-email = The person’s e-mail address
seminars-field-reason = Reason
flash-seminar-admitted = The door is open to this person.
flash-learning-recognised = The prior learning is recognised.
flash-recognition-revoked = The recognition is taken back.
form-nobody-there = No active account has this address.
form-rule-too-deep = The rule has too many storeys.
form-rule-group-of-nothing = A group asks for at least one condition.
form-rule-members-out-of-range = The number of members is between 1 and 50.
form-rule-months-out-of-range = The number of months is between 1 and 120.
form-rule-seminar-level = A meeting is attended, not passed: choose started, followed or completed.
form-rule-module-or-seminar = A condition names a module or a meeting.

## Seats

seminars-door-offered = A seat is waiting for you
seminars-door-offered-text = It came free for you: confirm, and it is yours.
seminars-door-waiting = You are on the waiting list
seminars-door-waiting-text = As soon as a seat comes free for you, we write. You will have two days to confirm it.
seminars-offered-until = To be confirmed before { $at }.
seminars-waiting-place = Your place: { $n }.
seminars-wait = Join the waiting list
seminars-waiting-leave = Leave the waiting list
seminars-group-for = Seats for my organisation
seminars-group-title = Reserved seats: { $name }
seminars-group-seats = Seats of the organisation
seminars-group-reserved = { $count ->
    [one] { $count } seat reserved
   *[other] { $count } seats reserved
}
seminars-group-unnamed = { $count ->
    [one] One seat waits for a name.
   *[other] { $count } seats wait for a name.
}
seminars-group-name-by = To be named before { $at }; after that they go to others.
seminars-group-who = Who is coming?
seminars-group-name = Give the seat
seminars-group-release = Give back the seats without a name
seminars-group-offered = { $count ->
    [one] A seat is waiting for you
   *[other] { $count } seats are waiting for you
}
seminars-group-accept = Take these seats
seminars-group-waiting = { $count ->
    [one] On the waiting list for one seat
   *[other] On the waiting list for { $count } seats together
}
seminars-group-waiting-text = You get all of them or none.
seminars-group-more = Reserve seats
seminars-group-more-text = Reserve now, name the people later. If there are not enough, wait for them together.
seminars-group-how-many = How many seats?
seminars-group-reserve = Reserve
seminars-group-wait = Wait for these seats together
seminars-waiting-list = Waiting list
seminars-waiting-since = Since { $at }
seminars-waiting-seats = { $count ->
    [one] { $count } seat
   *[other] { $count } seats
}
seminars-quotas = Seats set aside
seminars-quotas-text = Kept for a kind of organisation or a region, until the day they are open to everybody.
seminars-quota-region = Region { $region }
seminars-quota-until = until { $at }
seminars-quota-released = open to everybody
seminars-quota-remove = Open to everybody
seminars-quota-add = Set seats aside
seminars-quota-for = For whom?
seminars-quota-release = Until when?
seminars-quota-set = Set aside
flash-waiting-joined = You are on the waiting list.
flash-waiting-left = You are no longer on the waiting list.
flash-seats-reserved = The seats are reserved.
flash-seats-released = The seats without a name are given back.
flash-seat-named = The seat is given.
flash-quota-set = The seats are set aside.
flash-quota-removed = These seats are open to everybody.
form-before-start = The date must come before the meeting begins.
error-seats-set-aside-title = Seats set aside
error-seats-set-aside-body = The seats left are kept for other organisations. Join the waiting list: they may open.
error-not-enough-seats-title = Not enough seats
error-not-enough-seats-body = { $count ->
    [one] Only one seat is left for your organisation.
   *[other] { $count } seats are left for your organisation.
}
error-seats-free-title = There is room
error-seats-free-body = A seat is free: take it.
error-offer-gone-title = The offer is gone
error-offer-gone-body = The time to confirm has passed.
error-waiting-already-title = On the list already
error-waiting-already-body = Your organisation is on the waiting list already.
error-not-a-member-title = Not a member
error-not-a-member-body = This person is no member of the organisation.
error-all-seats-named-title = All seats have a name
error-all-seats-named-body = No seat without a name is left in this reservation.
seminars-mail-offered-subject = A seat for you: { $title }
seminars-mail-offered-body = Hello { $name },

    { $count ->
        [one] A seat came free
       *[other] { $count } seats came free
    } in “{ $title }”. Confirm before { $until }; after that it goes to the next person.
seminars-mail-offered-action = Confirm

## The programme

seminars-meetings = Dates
seminars-meeting = Date { $n }
seminars-meeting-about = What this date is about
seminars-meetings-hint = To take a date away, empty its start and end.
seminars-to-calendar = Add to my calendar
seminars-one-to-calendar = This date in my calendar
seminars-agenda = Agenda
seminars-trainers = With
seminars-materials = Materials
seminars-material = Material { $n }
seminars-material-phase = For when?
seminars-material-label = Name
seminars-material-url = Address
seminars-materials-hint = “Before” is shown to everybody; “during” and “after” to those registered.
seminars-phase-before = Before
seminars-phase-during = During
seminars-phase-after = After
seminars-one-a-line = One a line.
seminars-programme = Programme
seminars-programme-of = Programme: { $name }
seminars-programme-who = Who, and how?
seminars-more-lines = Add lines
seminars-duplicate = Hold it elsewhere
seminars-duplicate-of = Hold again: { $name }
seminars-duplicate-text = { $count ->
    [one] The date, programme, materials and rule are taken over; registrations are not.
   *[other] The { $count } dates shift together. Programme, materials and rule are taken over; registrations are not.
}
seminars-duplicate-waiting = { $count ->
    [one] One person waits for another date and will be told.
   *[other] { $count } people wait for another date and will be told.
}
seminars-duplicate-starts = The first date begins
seminars-duplicate-do = Make the meeting
seminars-want = Tell me of the next date
seminars-wanted = We will write as soon as there is another date.
seminars-want-no-longer = Do not tell me
seminars-calendar = My calendar
seminars-calendar-name = Halqa: my meetings
seminars-calendar-join = Online: { $link }
seminars-calendar-lead = Your meetings in your phone’s calendar: always up to date, even when a date changes.
seminars-calendar-address = Your secret address
seminars-calendar-how = In your calendar choose “subscribe” and paste this address. Give it to nobody: it shows where you will be.
seminars-calendar-open = Open the calendar
seminars-calendar-renew = Change the address
seminars-calendar-renew-text = The present address will show nothing any more; you will have to subscribe to the new one.
seminars-calendar-renew-do = Yes, change the address
flash-calendar-renewed = Here is your new address.
flash-interest-kept = Noted: we will write to you.
flash-interest-dropped = Noted: we will not write to you.
form-meeting-attended = A date at which somebody was present cannot be taken away.
error-meeting-attended-title = Date already held
error-meeting-attended-body = A date at which somebody was present cannot be taken away.
seminars-mail-again-subject = Another date: { $title }
seminars-mail-again-body = Hello { $name },

    “{ $title }” is held again. You asked to be told.
seminars-mail-again-action = See the date
seminars-mail-reminder-subject = Soon: { $title }
seminars-mail-reminder-body = Hello { $name },

    We look forward to seeing you at “{ $title }”: { $at }, { $place }.

    If you cannot come, give up your seat: somebody may be waiting for it.
seminars-mail-reminder-action = See the meeting
