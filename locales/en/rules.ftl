### The rules of a module: attempts, the result that counts, completion.

rules-title = Rules of the module
rules-attempts = Trying again
rules-max = Attempts at most
rules-max-hint = Leave empty for no limit.
rules-new-attempt = A new attempt is possible
rules-new-attempt-never = Never: one attempt only
rules-new-attempt-when-finished = When the last one is finished
rules-new-attempt-when-failed = When the last one was not passed
rules-new-attempt-always = At any time
rules-opening = When the module is opened
rules-opening-resume = The learner goes on where they were
rules-opening-new = A new attempt begins whenever one is allowed
rules-result = The result that counts
rules-counts = The attempt that counts
rules-counts-best = The best
rules-counts-first = The first
rules-counts-last = The last one that got to its end
rules-counts-average = The average: mean score of the attempts that got to their end; completion and success of the best
rules-completion = Completion
rules-silent = Choose here what completes this module, or it will stay “in progress” for everybody.
rules-completes = The module is completed
rules-completes-package = When the module itself says so
rules-completes-opened = As soon as it is opened
rules-completes-all-visited = When all its activities have been opened
rules-completes-time = After some time spent in it (minutes below)
rules-completes-score = From a score on (below)
rules-completes-staff = When the staff decides, by a correction
rules-minutes = Minutes to spend in it
rules-score = Score to reach, 0 to 100
rules-existing = A change holds for people who began before, too: their result is worked out anew, the history is kept.
catalogue-report = Report
catalogue-rules = Rules of the module
flash-rules-saved = The rules are saved. Results so far are being worked out anew.
error-attempt-only-one-title = This module has one attempt
error-attempt-only-one-body = You can open your attempt and go through it again, but not begin another.
error-attempt-none-left-title = You have used all your attempts
error-attempt-none-left-body = { $most ->
    [one] This module allows { $most } attempt. You can go through the last one again; for more, talk to the person who runs the module.
   *[other] This module allows { $most } attempts. You can go through the last one again; for more, talk to the person who runs the module.
}
error-attempt-not-finished-title = Your attempt is not finished
error-attempt-not-finished-body = Finish it first: a new one is possible then.
error-attempt-not-failed-title = No need to try again
error-attempt-not-failed-body = A new attempt is possible only after one that was not passed.
error-attempt-over-title = A newer attempt has begun
error-attempt-over-body = This one cannot be opened any more. Open the module: you will go on with the last one.
flash-attempt-over = A newer attempt has begun: that is the one you go on with here.
