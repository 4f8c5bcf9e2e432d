### People's rights: taking one's data along, leaving

rights-title = My data
rights-lead = What Halqa keeps about you is yours: take it along, or have it erased.
rights-take = Take everything
rights-take-text = A zip with your account, your progress, your answers, your seats, your posts and your learning statements, to be opened with a spreadsheet or another tool.
rights-take-action = Download my data
rights-go = Leave
rights-go-text = Erasing your account is final. This is what happens:
rights-go-account = Your name, your address, your sign-ins and your links with other sites disappear at once.
rights-go-posts = Your posts stay in the spaces, signed “Former member”, unless you ask for them to be removed.
rights-go-progress = Your progress still counts for your organisation, under a pseudonym that nobody can trace to you.
rights-go-late = Your attachments and documents are deleted; your learning statements change their author within minutes.
rights-go-open = Erase my account
rights-go-action = Erase my account for good
rights-erase-posts = Also remove what I wrote in the spaces
rights-type-email = To confirm, write your address
rights-former-member = Former member
rights-readme = This is what Halqa keeps about { $name }.
    data.json holds everything, for programs. The .csv files open in a spreadsheet. statements.ndjson holds one learning statement per line. The folders files and documents hold the files.
rights-erase-other = Erase this person
rights-erase-other-text = Only at their own request: their name, address and sign-ins disappear for ever. Their progress still counts under a pseudonym.
rights-erase-posts-other = Also remove what they wrote in the spaces
rights-erase-other-do = Erase for good
flash-erased = Your account is erased. Thank you for having been one of us.
flash-person-erased = The person is erased.
form-email-other = That is not the address of this account.
error-erase-oneself-title = This is your own account
error-erase-oneself-body = To leave, go through “My data” in your account.
