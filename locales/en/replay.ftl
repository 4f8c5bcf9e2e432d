### Replaying a session; a new version before it is published.

replay-title = Replay: { $learner }, { $module }
replay-heading = The session, step by step
replay-diagnosis = What to know
replay-look = Look
replay-step = Step { $n } of { $all }
replay-nav = Go to another step
replay-first = First
replay-last = Last
replay-next-move = Next navigation
replay-next-trouble = Next problem
replay-kind-open = Opening
replay-kind-call = Call by the content
replay-kind-navigation = Navigation
replay-kind-correction = Correction
replay-late = Kept, without effect
replay-otherwise = Answered otherwise
replay-otherwise-text = The engine now answers:
replay-error = Error
replay-delivered = Activity opened:
replay-request = The content asks for:
replay-ended = The sitting has ended.
replay-changes = What this step changes
replay-unchanged = Nothing.
replay-outcome = Result
replay-what = What
replay-before = Before
replay-after = After
replay-more = … and { $n ->
    [one] { $n } more character
   *[other] { $n } more characters
 }
replay-trace = Why: the rules applied
replay-trace-text = The processes of the standard in order, with what they answered.
replay-trace-done = done
replay-journal = The journal
replay-earlier = Earlier
replay-later = Later
replay-empty-title = Nothing to replay
replay-empty-text = This session has received no entry yet.
replay-position = Where the learner is
replay-place-course = The module
replay-place-activity = Activity
replay-place-objective = Objective
replay-place-global = Shared objective
replay-place-store = Shared data
replay-place-element = Data of the content
replay-fact-current = Current activity
replay-fact-suspended = Suspended
replay-fact-ended = Sitting ended
replay-fact-attempts = Attempts
replay-fact-active = Active
replay-fact-completion = Completed
replay-fact-satisfied = Passed
replay-fact-measure = Measure, −1 to 1
replay-fact-progress = Progress, 0 to 1
replay-fact-raw = Points
replay-fact-min = Lowest points
replay-fact-max = Highest points
replay-fact-store = Content
replay-fact-api = Link with the content
replay-value-true = yes
replay-value-false = no
replay-value-notinitialized = not begun
replay-value-running = open
replay-value-terminated = closed
replay-note-nothing = Nothing out of the ordinary.
replay-note-differs = Replayed with today’s engine, the session does not give the recorded result. The recorded result is the one that counts.
replay-note-otherwise = { $n ->
    [one] { $n } answer of the browser differs from the engine’s; the engine’s counts.
   *[other] { $n } answers of the browser differ from the engine’s; the engine’s count.
 }
replay-note-late = { $n ->
    [one] { $n } entry arrived after a later opening: it is kept, but does not count.
   *[other] { $n } entries arrived after a later opening: they are kept, but do not count.
 }
replay-note-unopened = The player was never opened in this session.
replay-note-silent = The content never spoke to the platform: it could not record anything.
replay-note-no-completion = The content never reported completion or success.
replay-note-errors = { $n ->
    [one] { $n } call of the content was refused with this code:
   *[other] { $n } calls of the content were refused with this code:
 }
replay-note-over-maximum = A value is longer than the standard guarantees ({ $seen } instead of { $permitted }): it is kept whole.
replay-note-unterminated = The content did not take its leave: the tab was probably closed. Nothing is lost for that.
replay-note-uncommitted = The content never asked to save. What it said is kept all the same.
replay-note-refused = { $n ->
    [one] { $n } navigation led nowhere.
   *[other] { $n } navigations led nowhere.
 }
replay-note-corrected = { $n ->
    [one] { $n } correction by staff.
   *[other] { $n } corrections by staff.
 }
replay-exception-nb-2-1-1 = The sitting has already begun.
replay-exception-nb-2-1-2 = The sitting has not begun.
replay-exception-nb-2-1-3 = There is nothing to resume.
replay-exception-nb-2-1-4 = One does not go on with the arrows here: choose from the menu.
replay-exception-nb-2-1-5 = There is no way back here.
replay-exception-nb-2-1-6 = This is the first activity already.
replay-exception-nb-2-1-8 = This activity has to be finished before choosing another.
replay-exception-nb-2-1-9 = No activity is possible that way.
replay-exception-nb-2-1-10 = This activity cannot be chosen from the menu.
replay-exception-nb-2-1-11 = There is no such activity in the module.
replay-exception-nb-2-1-12 = The current activity has been left already.
replay-exception-tb-2-3-1 = The sitting has not begun.
replay-exception-tb-2-3-2 = The current activity has been left already.
replay-exception-tb-2-3-3 = There is nothing to resume.
replay-exception-tb-2-3-4 = The whole module cannot be left that way.
replay-exception-sb-2-1-2 = No activity is possible that way.
replay-exception-sb-2-1-3 = This is the first activity already.
replay-exception-sb-2-1-4 = There is no way back here.
replay-exception-sb-2-2-1 = One does not go on with the arrows here: choose from the menu.
replay-exception-sb-2-2-2 = This activity is not available now: a rule closes it, or its attempts are used up.
replay-exception-sb-2-4-1 = A rule stops the way forward here.
replay-exception-sb-2-4-2 = There is no way back here.
replay-exception-sb-2-4-3 = This is the first activity already.
replay-exception-sb-2-5-1 = The sitting has already begun.
replay-exception-sb-2-6-1 = The sitting has already begun.
replay-exception-sb-2-6-2 = There is nothing to resume.
replay-exception-sb-2-7-1 = The sitting has not begun.
replay-exception-sb-2-7-2 = One does not go on with the arrows here: choose from the menu.
replay-exception-sb-2-8-1 = The sitting has not begun.
replay-exception-sb-2-8-2 = One does not go on with the arrows here: choose from the menu.
replay-exception-sb-2-9-2 = There is no such activity in the module.
replay-exception-sb-2-9-3 = A rule takes this activity out of the choice.
replay-exception-sb-2-9-4 = This activity cannot be chosen from the menu.
replay-exception-sb-2-9-5 = No activity is possible that way.
replay-exception-sb-2-9-6 = This part cannot be opened by choice before it has begun.
replay-exception-sb-2-9-7 = This activity has to be finished before choosing another.
replay-exception-sb-2-9-8 = The choice is limited to the neighbouring activities.
replay-exception-sb-2-9-9 = This part is entered in order only.
replay-exception-sb-2-10-1 = The sitting has not begun.
replay-exception-sb-2-10-2 = The activity is still open.
replay-exception-sb-2-10-3 = One does not go on with the arrows here: choose from the menu.
replay-exception-sb-2-11-1 = The sitting has not begun.
replay-exception-sb-2-11-2 = The activity is still open.
replay-exception-sb-2-13-1 = The sitting has not begun.
replay-exception-db-1-1-1 = There is nothing to open in that place.
replay-exception-db-1-1-2 = There is nothing to open in that place.
replay-exception-db-1-1-3 = This activity is not available now: a rule closes it, or its attempts are used up.
replay-exception-db-2-1 = The activity is still open.
replay-exception-halqa-1 = The rules of this module take too much computing.
replay-exception-s12-1 = No activity is open.
replay-exception-s12-2 = There is nothing to open in that place.
replay-exception-s12-3 = What this activity asks for has to be done first.
replay-exception-s12-4 = There is no further activity that way.
replay-exception-s12-5 = There is no such request in SCORM 1.2.
replay-exception-other = The process { $process } did not accept this request.
replay-process-nb-2-1 = Is the request allowed?
replay-process-tb-2-1 = Exit rules
replay-process-tb-2-2 = Rules after the activity
replay-process-tb-2-3 = Leaving the activity
replay-process-rb-1-1 = Roll-up of measures
replay-process-rb-1-2 = Roll-up of success
replay-process-rb-1-3 = Roll-up of completion
replay-process-rb-1-4 = A roll-up rule
replay-process-rb-1-5 = Roll-up of results
replay-process-sr-1 = Selection of activities
replay-process-sr-2 = Random order of activities
replay-process-sb-2-3 = Looking for the next activity
replay-process-sb-2-5 = Start
replay-process-sb-2-6 = Resume
replay-process-sb-2-7 = Continue
replay-process-sb-2-8 = Previous
replay-process-sb-2-9 = Choice
replay-process-sb-2-10 = Retry
replay-process-sb-2-11 = Exit
replay-process-sb-2-13 = Jump
replay-process-db-1-1 = Can the activity be opened?
replay-process-db-2 = Opening the activity
replay-process-up-2 = Does a rule apply?
replay-process-up-4 = Ending the attempt
replay-process-up-5 = Is the activity closed?
replay-next-title = New version: { $module }
replay-next-waits = A new version waits to be published.
replay-next-look = See what it changes
replay-next-badge = Not published yet
replay-next-promise = Learners under way finish on the version they began. New attempts take the new one.
replay-next-publish = Publish this version
replay-next-discard = Discard
replay-next-heading = If what is under way were replayed on it
replay-next-text = { $n ->
    [one] The work of { $n } attempt under way was replayed, step by step, on the new version. Nothing is changed.
   *[other] The work of { $n } attempts under way was replayed, step by step, on the new version. Nothing is changed.
 }
replay-next-format = The new version follows another standard: what the old one recorded means nothing to it.
replay-next-units = cmi5 and xAPI modules are not replayed: what people did there was recorded by their content, and another version would not understand it. Nobody loses anything: everyone finishes the version they began.
replay-next-unplayable = This version cannot be replayed.
replay-next-worse = { $n ->
    [one] { $n } learner would lose something.
   *[other] { $n } learners would lose something.
 }
replay-next-same = { $n ->
    [one] For { $n } other, nothing would change.
   *[other] For { $n } others, nothing would change.
 }
replay-next-loses = loses
replay-next-now = Today
replay-next-then = On the new version
replay-next-nothing = Nobody would lose anything: everyone would keep their progress, score and place.
replay-next-some = The latest { $n } of { $all } attempts were replayed; the command halqa replay replays them all.
flash-candidate-discarded = The new version is discarded.
error-candidate-changed-title = Another version was uploaded meanwhile
error-candidate-changed-body = See what it changes, then publish it.
