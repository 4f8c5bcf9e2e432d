### Dispatch: modules in other platforms

dispatch-title = In other platforms
dispatch-lead = Give another platform a small package that opens this module from here. You stay in charge: updates, results, withdrawal.
dispatch-link = In other platforms
dispatch-list = Platforms
dispatch-state-active = Open
dispatch-state-revoked = Withdrawn
dispatch-state-expired = Ended
dispatch-until = until
dispatch-origins = Opens from
dispatch-origins-none = The platform’s address is learnt at the first opening.
dispatch-seen = last opened
dispatch-hashed = hashed ids
dispatch-change = Change
dispatch-revoke = Withdraw
dispatch-restore = Open again
dispatch-new = For a new platform
dispatch-new-text = Moodle, 360Learning, Blackboard…: any platform that imports SCORM or cmi5. One package per platform.
dispatch-field-name = Platform
dispatch-field-name-hint = For example: the Moodle of Sfax University.
dispatch-field-cap = Learners at most
dispatch-field-until = Open until
dispatch-field-organisation = The learners’ organisation
dispatch-field-origins = Addresses of the platform
dispatch-field-origins-hint = One a line, such as https://moodle.example.tn. Empty: learnt at the first opening.
dispatch-hash = Hash learners’ ids in their browser
dispatch-names = Receive learners’ names
dispatch-make = Make the package
dispatch-not = This module cannot travel this way
flash-dispatch-made = The package is ready: download it in the platform’s format.
dispatch-client-wait = The module is opening…
dispatch-client-no-lms = This module opens from a learning platform: import the package, then open it there.
dispatch-client-offline = The module could not be opened. Check your connection, then try again.
dispatch-client-done = It is saved. You may leave this activity.
error-dispatch-format-title = This module cannot travel this way
error-dispatch-format-body = Tools of other sites open in no other platform’s frame.
error-dispatch-revoked-title = This module was withdrawn
error-dispatch-revoked-body = This module is no longer offered on this platform.
error-dispatch-expired-title = This module is no longer open
error-dispatch-expired-body = The time for which this module was open has ended.
error-dispatch-full-title = All places are taken
error-dispatch-full-body = The number of learners meant for this platform is reached.
error-dispatch-origin-title = This address is not foreseen
error-dispatch-origin-body = This package was made for another platform. Ask for one for this platform.
error-dispatch-learner-title = The platform does not say who you are
error-dispatch-learner-body = The platform sent no usable learner id.
dispatch-learners = { $count ->
    [0] nobody yet
    [one] { $count } person
   *[other] { $count } people
}
dispatch-learners-of = { $count ->
    [one] { $count } person of { $most }
   *[other] { $count } people of { $most }
}
dispatch-completed = { $count ->
    [one] { $count } has completed
   *[other] { $count } have completed
}
