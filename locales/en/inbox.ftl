inbox-answer = Reply to this mail: your answer will appear in the discussion.
inbox-mail-sender-subject = Your answer was not posted
inbox-mail-sender-body =
    Hello { $name },

    an answer to one of our mails came from another address than your account’s. It was not posted.

    If it is yours, send it from this address, or answer on the page.
inbox-mail-sender-action = Open my notifications
inbox-mail-expired-subject = Your answer came too late
inbox-mail-expired-body =
    Hello { $name },

    a mail from Halqa can be answered for thirty days. This one is older: your answer was not posted.

    You can answer on the discussion’s page.
inbox-mail-expired-action = Open my notifications
inbox-mail-files-subject = Your answer was not posted
inbox-mail-files-body =
    Hello { $name },

    your mail held nothing but files, or was too large. Files do not travel by mail.

    You can attach them on the discussion’s page.
inbox-mail-files-action = Open my notifications
inbox-mail-empty-subject = Your answer was empty
inbox-mail-empty-body =
    Hello { $name },

    we found no words of yours in your mail: nothing was posted.

    Write above the quoted message, or answer on the discussion’s page.
inbox-mail-empty-action = Open my notifications
inbox-mail-rules-subject = Your answer was not posted
inbox-mail-rules-body =
    Hello { $name },

    your answer was not posted. { $why }
inbox-mail-rules-action = Open my notifications
inbox-mail-without-files-subject = Your answer is posted, without its files
inbox-mail-without-files-body =
    Hello { $name },

    your answer is in the discussion. Files do not travel by mail: they were left out.

    You can attach them on the discussion’s page.
inbox-mail-without-files-action = Open my notifications
