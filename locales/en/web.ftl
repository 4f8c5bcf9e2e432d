### What all pages share: frame, buttons, states, errors, home.

web-brand = Halqa
web-skip = Skip to content
web-nav-label = Main navigation
web-nav-home = Home
web-nav-modules = Learn
web-nav-spaces = Spaces
web-nav-seminars = Calendar
web-nav-organisations = Directory
web-nav-watch = News
web-nav-admin = Steer
web-language = Change language
web-language-short = EN
web-account = My page
web-account-of = Account of { $name }
web-sign-in = Sign in
web-sign-out = Sign out
web-footer = Halqa, the circle where associations learn from each other.
web-footer-made = Free software, made in Tunisia
web-crumbs = Breadcrumb
web-tabs = Sections
web-pages = Pages of the list

## Actions
web-save = Save
web-back = Back
web-next = Next
web-previous = Previous
web-resume = Resume
web-start = Start
web-edit = Edit
web-send = Send
web-search = Search
web-see-all = See all
web-form-errors = { $count ->
    [one] There is one thing to correct
   *[other] There are { $count } things to correct
}

## States
web-progress = Progress
web-progress-estimated = Estimated: this module does not measure its progress.
web-state-not-started = Not started
web-state-in-progress = In progress
web-state-completed = Completed
web-state-passed = Passed
web-state-failed = To retake
web-condition-met = Condition met
web-condition-missing = Condition not met yet
web-door-open = Open for you
web-door-registered = You are registered
web-door-closed = { $count ->
    [one] One step away
   *[other] { $count } steps away
}
web-seats-left = { $count ->
    [0] Full
    [one] { $count } seat
   *[other] { $count } seats
}
web-replies = { $count ->
    [one] reply
   *[other] replies
}
web-topic-solved = Solved
web-topic-solution = Solution

## Home
web-home-title = Associations learn best from each other
web-home-lead = Short modules made by people who do the work. They open the door to seminars near you, and the conversation goes on between associations.
web-home-start = Explore the modules
web-home-agenda = See the calendar
web-home-how = How it works
web-home-learn = Learn at your own pace
web-home-learn-text = On your phone or computer, even when the network drops: nothing you do is lost.
web-home-meet = Open the door to a seminar
web-home-meet-text = Follow one or two modules and your seat is waiting. You always see what is left to do.
web-home-share = Share what worked
web-home-share-text = Ask your questions, answer those of others, leave your templates to those who need them.
web-home-hello = Hello, { $name }
web-home-hello-lead = Here is where you were, and what is coming up.
web-home-resume = Pick up where you left off
web-home-last = Last visit: { $at }
web-home-modules = Modules to explore
web-home-seminars = Next seminars
web-home-topics = People are talking about
web-home-yours = Yours
web-home-seats = Your next meetings
web-home-modules-yours = Modules
web-home-door-coordinates = Your members and their progress
web-home-door-member = Your organisation
web-home-door-teach = Upload, publish, read reports
web-home-door-animates = The space you animate
web-home-door-staff = People, organisations, seminars

## Errors: a heading, then what to do
web-error-home = Back to the home page
web-error-modules = See the modules
web-error-reference = If you write to us, quote this reference:
error-not-found-title = This page does not exist
error-not-found-body = The address may have changed or been copied wrongly. Start again from the home page or look through the modules.
error-forbidden-title = This page is not open to your account
error-forbidden-body = If you should have access, ask your association’s coordinator or your regional office.
error-unauthorized-title = Sign in to continue
error-unauthorized-body = This page needs to know who you are. Sign in and you will come straight back to it.
error-bad-request-title = We did not understand the request
error-bad-request-body = Go back to the previous page, check what you entered and try again.
error-conflict-title = Someone got there before you
error-conflict-body = This has changed in the meantime. Reload the page to see how it stands, then try again.
error-too-large-title = The file is too large
error-too-large-body = Choose a smaller file, or compress its videos and pictures before uploading it.
error-unsupported-media-type-title = This type of file is not accepted
error-unsupported-media-type-body = Check the format asked for on the previous page, then upload another file.
error-too-many-requests-title = Too many attempts in a short time
error-too-many-requests-body = To stay safe we are taking a break. Wait a minute, then try again.
error-unavailable-title = Halqa is resting for a moment
error-unavailable-body = It will be back soon. Wait a minute, then reload the page: what you have done is kept.
error-internal-title = Something went wrong on our side
error-internal-body = It has been recorded. Reload the page; if it happens again, write to your regional office.
error-csrf-refused-title = This request comes from another site
error-csrf-refused-body = To protect you, we stopped it. Come back to Halqa and do it again from here.
error-wrong-host-title = This is not the address of Halqa
error-wrong-host-body = Open Halqa by its usual address, without changing it.
error-method-not-allowed-title = This page does not work that way
error-method-not-allowed-body = Go back to the previous page and use its buttons and links.
error-unprocessable-title = We cannot accept this information
error-unprocessable-body = Go back to the form: it shows what to correct.

## Dates and durations
web-month-1 = January
web-month-2 = February
web-month-3 = March
web-month-4 = April
web-month-5 = May
web-month-6 = June
web-month-7 = July
web-month-8 = August
web-month-9 = September
web-month-10 = October
web-month-11 = November
web-month-12 = December
web-weekday-1 = Monday
web-weekday-2 = Tuesday
web-weekday-3 = Wednesday
web-weekday-4 = Thursday
web-weekday-5 = Friday
web-weekday-6 = Saturday
web-weekday-7 = Sunday
web-format-date = { $weekday } { $day } { $month } { $year }
web-format-datetime = { $day } { $month } { $year }, { $time }
web-format-time = { $time }
web-format-hours = { $hours } h { $minutes } min
web-format-minutes = { $minutes } min
web-format-seconds = { $seconds } s

## Forms
form-required = Please fill this in.
form-one-line = One line only, please.
form-too-long = This is too long: shorten it a little.
form-number = Write a whole number.
form-out-of-range = This number is outside the allowed range.
form-date = Give a date and a time.
error-bad-json-title = The request body cannot be read
error-bad-json-body = Line { $line }, column { $column }: correct the JSON and send it again.
web-upload-checking = Checking the package…
web-upload-large = This file is larger than the platform accepts. Make its videos and images lighter, then export it again.
web-upload-cut = The line was cut before the end. Nothing is kept: choose the file again.

## Fields, as the summary of errors names them
web-field-error = { $field }: { $problem }
field-title = Title
field-summary = Summary
field-body = Text
field-name = Name
field-email = E-mail address
field-password = Password
field-present = Current password
field-language = Language
field-axis = Axis
field-kind = Kind
field-region = Region
field-governorate = Governorate
field-about = Description
field-starts = Start
field-ends = End
field-place = Place
field-link = Link
field-capacity = Seats
field-need = Conditions
field-module = Module
field-least = Percentage
field-name_fr = Name in French
field-name_ar = Name in Arabic
field-name_en = Name in English
field-role = Role
field-space = Space
field-until = Until
field-scope = Rights
field-max_attempts = Number of attempts
field-minutes = Minutes
field-score = Score

web-topic-pinned = Pinned
web-topic-question = Open question
web-topic-closed = Closed
web-topic-too = { $count ->
    [one] { $count } other person has this problem
   *[other] { $count } other people have this problem
}
web-api-title = Interface for programs
web-api-lead = What another system can ask of Halqa: import modules, open them for a learner, read progress, take seats in seminars.
web-api-document = The whole description, as OpenAPI 3.1:
web-api-token = Every request carries a token that an administrator makes. The word on each line is the scope it needs.
web-api-link = For programs
