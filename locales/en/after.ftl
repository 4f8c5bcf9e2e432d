### Around a seminar: files, commitments, seminars without a date

handouts-title = Materials
handouts-of = Materials: { $name }
handouts-there = What is handed out
handouts-none = No file yet.
handouts-seats-only = seat holders
handouts-remove = Take away
handouts-add = Add material
handouts-label = Name of the material
handouts-phase = Handed out
handouts-phase-before = at once
handouts-phase-during = from the first meeting on
handouts-phase-after = once the seminar is over
handouts-file = Choose a file or drop it here
handouts-file-hint = PDF, document, spreadsheet, slides, picture, sound or video, up to 50 MB.
handouts-document = … or a document of the toolbox
handouts-document-hint = Paste its address.
handouts-for-seats = Only for those who have a seat
handouts-do = Add
flash-handout-added = The material is added.
flash-handout-removed = The material is taken away.
form-no-document = No document to be seen at this address.
field-label = Name of the material
field-document = Document
error-too-many-handouts-title = Too much material
error-too-many-handouts-body = Take one away before you add another.

commitments-title = Commitments
commitments-of = Commitments: { $name }
commitments-mine = What I will do
commitments-seen-by = Seen by you, by your organisation’s coordinators and by the seminar’s team.
commitments-until = By
commitments-done = done
commitments-late = to follow up
commitments-outcome = What came of it
commitments-say-done = It is done
commitments-remove = Take back
commitments-body = What I will do
commitments-body-hint = Something concrete: “Call the board together and set the date of the assembly”.
commitments-within = Within
commitments-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
commitments-make = I will do it
commitments-all = What the participants will do
commitments-none = No commitment yet
commitments-none-text = After a seminar, everybody says what they will do within three months.
commitments-organisation-lead = What your members decided to do after a seminar.
commitments-trainers = Who else sees them
commitments-trainers-text = Trainers named here read the commitments and add material.
commitments-trainer-email = The trainer’s address
commitments-trainer-name = Add
commitments-trainer-remove = Take away
flash-commitment-made = Noted. A message will remind you.
flash-commitment-done = Well done, noted.
flash-commitment-removed = The commitment is taken back.
flash-trainer-named = They can read the commitments now.
flash-trainer-removed = They no longer read them.
error-too-many-commitments-title = Five commitments at most
error-too-many-commitments-body = Finish one or take one back before you add another.
seminars-mail-commitment-subject = Your commitment: { $title }
seminars-mail-commitment-body = Hello { $name },

    After “{ $title }” you decided: { $body }

    By { $at }. How far have you come?
seminars-mail-commitment-action = Say how far I am
organisations-tab-commitments = Commitments

plans-title = Soon, no date yet
plans-none = Nothing is being prepared.
plans-new = Announce without a date
plans-new-lead = Say what is being prepared: you will see who would come, and from which region.
plans-field-title = Title
plans-field-summary = What it is about
plans-field-language = Language
plans-field-axis = Axis
plans-announce = Announce
plans-no-date = No date yet
plans-wanted = { $count ->
    [0] Nobody waits yet
    [one] { $count } person waits
   *[other] { $count } people wait
}
plans-dates = The dates
plans-ask-title = Are you interested?
plans-ask-text = Say so: the more of you in a region, the sooner there is a date.
plans-ask = Tell me when there is a date
plans-asked = Noted: a message will tell you as soon as there is a date near you.
plans-staff = For the team
plans-by-region = People who wait, by region
plans-people = People
plans-nobody = Nobody waits at the moment.
plans-no-region = No region
plans-set-date = Set a date
plans-close = Offer it no longer
flash-plan-made = It is announced.
flash-plan-closed = It is no longer offered.
seminars-mail-plan-subject = There is a date: { $title }
seminars-mail-plan-body = Hello { $name },

    “{ $title }” has a date now. You asked to be told.
seminars-mail-plan-action = See the date
