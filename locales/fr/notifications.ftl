### Notifications : dans la page et par courriel, chacune avec sa raison.

notifications-title = Notifications
notifications-bell = { $count ->
    [0] Notifications : rien de nouveau
    [one] Notifications : { $count } nouvelle
   *[other] Notifications : { $count } nouvelles
}
notifications-unread = { $count ->
    [0] Vous avez tout lu.
    [one] { $count } notification n’est pas encore lue.
   *[other] { $count } notifications ne sont pas encore lues.
}
notifications-new = Nouveau
notifications-read-all = Tout marquer comme lu
notifications-empty = Rien pour l’instant
notifications-empty-text = Quand on vous répond, quand on vous cite ou quand il se passe quelque chose que vous suivez, vous le verrez ici.
notifications-what-question = Nouvelle question
notifications-what-discussion = Nouvelle discussion
notifications-what-reply = Nouvelle réponse
notifications-what-solution = Solution trouvée
notifications-what-module = Nouveau module
notifications-what-version = Nouvelle version du module
notifications-what-seminar = Séminaire annoncé
notifications-what-document = Nouveau document
notifications-why-mentioned = Parce que vous êtes cité
notifications-why-accepted = Parce que votre réponse a été retenue comme solution
notifications-why-asked = Parce que c’est votre sujet
notifications-why-answered = Parce que vous avez répondu à ce sujet
notifications-why-seat = Parce que vous avez une place à ce séminaire
notifications-why-chosen = Parce que vous l’avez choisi
notifications-why-space = Parce que vous suivez l’espace { $name }
notifications-why-tag = Parce que vous suivez le mot-clé { $name }
notifications-why-organisation = Parce que vous suivez { $name }
notifications-why-person = Parce que vous suivez { $name }
notifications-why-module = Parce que vous suivez le module { $name }
notifications-why-seminar = Parce que vous suivez le séminaire { $name }
notifications-why-topic = Parce que vous suivez ce sujet
notifications-why-watch = Parce que vous avez enregistré la recherche { $name }
notifications-settings = Réglages
notifications-settings-lead = Vous choisissez ce qui vous arrive par courriel, et quand. Chaque courriel dit pourquoi vous le recevez et s’arrête d’un seul geste.
notifications-mail = Par courriel
notifications-direct = Quand on vous cite, ou que votre réponse est retenue
notifications-direct-hint = Le reste se règle pour chaque chose que vous suivez.
notifications-hour = Heure des résumés
notifications-weekday = Jour du résumé de la semaine
notifications-hour-hint = À l’heure de Tunis. Un nouveau choix vaut à partir du résumé suivant.
notifications-feed = Votre fil personnel
notifications-feed-text = L’adresse de vos notifications pour un lecteur de fils (Atom). Elle est secrète : quiconque la connaît peut les lire.
notifications-feed-renew = Changer d’adresse
notifications-feed-title = Halqa : mes notifications
notifications-bounced = Vos courriels nous reviennent
notifications-bounced-text = Le serveur de votre adresse refuse nos courriels ; nous n’y écrivons plus. Adresse concernée :
notifications-bounced-again = L’adresse marche de nouveau : m’écrire
notifications-mail-subject = { $what } : { $heading }
notifications-mail-daily = { $count ->
    [one] Halqa : { $count } nouvelle aujourd’hui
   *[other] Halqa : { $count } nouvelles aujourd’hui
}
notifications-mail-weekly = { $count ->
    [one] Halqa : { $count } nouvelle cette semaine
   *[other] Halqa : { $count } nouvelles cette semaine
}
notifications-mail-hello = Bonjour { $name },
notifications-mail-open = Voir toutes mes notifications
notifications-mail-more = Il y en a davantage sur la page.
notifications-mail-stop = Ne plus recevoir ce résumé
notifications-mail-stop-one = Ne plus recevoir ces courriels
notifications-mail-settings = Régler mes notifications
notifications-stop-title = Ne plus recevoir ces courriels ?
notifications-stop-text = Il s’agit de : { $what }. Vos notifications restent visibles sur la page.
notifications-stop-now = Ne plus les recevoir
notifications-stop-all = Arrêter tous les courriels de notification
notifications-stop-direct = quand on vous cite ou que votre réponse est retenue
notifications-stop-daily = le résumé du jour
notifications-stop-weekly = le résumé de la semaine
notifications-stop-instant = les courriels envoyés aussitôt
notifications-stop-follow = les courriels à propos de { $name }
notifications-stop-something = les courriels à propos de ce que vous suiviez
notifications-stop-all-of = tous les courriels de notification
notifications-stopped-title = C’est arrêté
notifications-stopped-text = Vous ne recevrez plus : { $what }.
notifications-stopped-page = Vous pouvez fermer cette page. Rien d’autre n’a changé.
flash-all-read = Tout est lu.
flash-feed-renewed = Votre fil a une nouvelle adresse. L’ancienne ne marche plus.
field-direct = Quand on vous cite
field-hour = Heure des résumés
field-weekday = Jour du résumé
notifications-what-outside = Vu ailleurs
notifications-what-room = Invitation dans une salle de coalition
notifications-why-room = Parce que vous coordonnez l’organisation invitée
notifications-what-room-joined = Une organisation participe à votre salle de coalition
notifications-why-room-host = Parce que votre organisation l’a invitée
