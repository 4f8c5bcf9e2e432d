### Presence, attestations, accompaniment

presence-list = Presence
presence-of = Presence: { $name }
presence-here = I am here
presence-say = Confirm that I am here
presence-code = The six letters on the screen
presence-code-hint = They change every two minutes.
presence-screen = Screen of the room
presence-scan = Scan to say that you are here
presence-picture = Code to scan
presence-or-type = or open the meeting’s page and type
presence-count = { $count ->
    [one] { $count } present of { $of }
   *[other] { $count } present of { $of }
}
presence-saved = Everything is saved
presence-waiting = Sending…
presence-offline = Kept on this phone, sent as soon as there is a line
presence-paper = This page prints as a list to be signed. Without a network leave it open: your ticks are kept and go out as soon as the line is back.
flash-presence-said = Noted: you are here.
flash-presence-kept = The list is saved.
error-not-now-title = Not now
error-not-now-body = One can say so from an hour before to an hour after the meeting.
error-wrong-code-title = This code is no longer good
error-wrong-code-body = The code changes often: scan the screen again, or type the letters that it shows now.
error-no-seat-title = Not registered
error-no-seat-body = You have no seat in this meeting: speak to the team in the room.
attestation-mine = My attestation
attestation-of = Attestation: { $name }
attestation-kind = Attestation of participation
attestation-text = took part in
attestation-share = Presence: { $percent }
attestation-verify = To be verified at this address:
attestation-picture = Code that leads to the page of verification
attestation-genuine = Genuine attestation
attestation-badge = Digital badge (Open Badges 3.0)
attestation-print = Print this page, or save it as a PDF from your browser.
accompaniment-title = Accompaniment
accompaniment-of = Accompaniment: { $name }
accompaniment-lead = Visits and advice of the regional team. Only the organisation and the team see them.
accompaniment-none = Nothing noted yet
accompaniment-none-text = Visits and advice will appear here, with what remains to be done.
accompaniment-visit = Visit
accompaniment-advice = Advice
accompaniment-call = Call
accompaniment-add = Note a visit or advice
accompaniment-kind = What was it?
accompaniment-when = When?
accompaniment-body = What was said
accompaniment-next = Next step
accompaniment-due = To be done before
accompaniment-do = Note it
accompaniment-done = It is done
accompaniment-was-done = Done
flash-accompaniment-noted = Noted.
flash-accompaniment-done = A step done, well done.
organisations-tab-accompaniment = Accompaniment
