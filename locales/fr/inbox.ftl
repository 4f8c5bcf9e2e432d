inbox-answer = Répondez à ce courriel : votre réponse paraîtra dans la discussion.
inbox-mail-sender-subject = Votre réponse n’a pas été publiée
inbox-mail-sender-body =
    Bonjour { $name },

    une réponse à l’un de nos courriels nous est venue d’une autre adresse que celle de votre compte. Elle n’a pas été publiée.

    Si elle est de vous, envoyez-la depuis cette adresse-ci, ou répondez sur la page.
inbox-mail-sender-action = Ouvrir mes notifications
inbox-mail-expired-subject = Votre réponse est arrivée trop tard
inbox-mail-expired-body =
    Bonjour { $name },

    on peut répondre à un courriel de Halqa pendant trente jours. Celui-ci est plus ancien : votre réponse n’a pas été publiée.

    Vous pouvez répondre sur la page de la discussion.
inbox-mail-expired-action = Ouvrir mes notifications
inbox-mail-files-subject = Votre réponse n’a pas été publiée
inbox-mail-files-body =
    Bonjour { $name },

    votre courriel ne contenait que des fichiers, ou il était trop grand. Les fichiers ne passent pas par courriel.

    Vous pouvez les joindre sur la page de la discussion.
inbox-mail-files-action = Ouvrir mes notifications
inbox-mail-empty-subject = Votre réponse était vide
inbox-mail-empty-body =
    Bonjour { $name },

    nous n’avons pas trouvé de texte de vous dans votre courriel : rien n’a été publié.

    Écrivez au-dessus du message cité, ou répondez sur la page de la discussion.
inbox-mail-empty-action = Ouvrir mes notifications
inbox-mail-rules-subject = Votre réponse n’a pas été publiée
inbox-mail-rules-body =
    Bonjour { $name },

    votre réponse n’a pas été publiée. { $why }
inbox-mail-rules-action = Ouvrir mes notifications
inbox-mail-without-files-subject = Votre réponse est publiée, sans ses fichiers
inbox-mail-without-files-body =
    Bonjour { $name },

    votre réponse est dans la discussion. Les fichiers ne passent pas par courriel : ils n’ont pas été repris.

    Vous pouvez les joindre sur la page de la discussion.
inbox-mail-without-files-action = Ouvrir mes notifications
