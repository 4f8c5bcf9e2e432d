### Organisations

organisations-title = Annuaire des organisations
organisations-lead = Associations, réseaux et acteurs publics du cercle, région par région.
organisations-new = Ajouter une organisation
organisations-edit = Décrire l’organisation
organisations-all = Tout
organisations-search = Nom ou gouvernorat
organisations-results = Organisations trouvées
organisations-name = Nom
organisations-region = Région
organisations-governorate = Gouvernorat
organisations-about = Ce qu’elle fait
organisations-axis = Axe
organisations-axes = Axes
organisations-kind = Type
organisations-kind-association = Association
organisations-kind-network = Réseau
organisations-kind-public-actor = Acteur public
organisations-verified = Vérifiée
organisations-verify = Marquer comme vérifiée
organisations-unverify = Retirer la vérification
organisations-none = Aucune organisation trouvée
organisations-none-text = Élargissez la recherche : moins de filtres, ou une partie du nom.
organisations-tab-about = Présentation
organisations-tab-members = Membres
organisations-tab-progress = Progression
organisations-since = Depuis le
organisations-until = jusqu’au
organisations-past = A quitté
organisations-coordinator = Coordination
organisations-invited = Invitation envoyée
organisations-make-coordinator = Confier la coordination
organisations-make-member = Retirer la coordination
organisations-end = Mettre fin à l’adhésion
organisations-invite = Inviter une personne
organisations-invite-send = Envoyer l’invitation
error-last-coordinator-title = C’est la dernière personne à coordonner
error-last-coordinator-body = Confiez d’abord la coordination à quelqu’un d’autre : une organisation ne reste pas sans coordination.
organisations-members-count = { $count ->
    [0] Membres
    [one] { $count } membre
   *[other] { $count } membres
}
organisations-no-members = Personne pour l’instant : commencez par inviter la personne qui coordonnera.
organisations-past-members = Anciens membres
organisations-past-text = Ce que ces personnes ont appris pendant leur adhésion compte toujours pour l’organisation.
organisations-change-of = Modifier : l’adhésion de { $name }
organisations-no-about = Cette organisation ne s’est pas encore présentée.

# Mise en veille et confiance
organisations-resting = Votre organisation est en veille
organisations-resting-text = Personne d’autre ne la voit : ni sa page, ni ses membres, ni ce qu’ils ont écrit. Rien n’est perdu.
organisations-wake = Sortir de la veille
organisations-rest = Mettre l’organisation en veille
organisations-rest-text = En un instant, votre organisation, ses membres et tout ce qu’ils ont publié disparaissent pour les autres : pages, listes, recherche, fils d’abonnement. Vos membres gardent leur compte et leurs modules.
organisations-rest-back = Vous pouvez en sortir quand vous voulez : tout revient tel quel.
organisations-rest-now = Mettre en veille maintenant
organisations-trust = Publier ses documents sans validation
organisations-untrust = Rétablir la validation de ses documents
flash-resting = C’est fait : votre organisation est en veille.
flash-awake = Votre organisation est de nouveau visible.
organisations-documents = Ses documents

# Invitations
organisations-invite-text = La personne reçoit un courrier et devient membre quand elle accepte, qu’elle ait déjà un compte ou non.
flash-member-invited = C’est fait : un courrier est parti. La personne sera membre quand elle aura accepté.
flash-member-waits = Cette adresse a déjà une invitation qui attend sa réponse.
flash-member-already = Cette personne est déjà membre.
flash-member-declined = Cette personne a décliné récemment : nous ne lui écrivons plus pour l’instant.
flash-link-made = Le lien est prêt : partagez-le.
flash-revoked = C’est retiré : l’invitation ne fonctionne plus.
flash-joined = Bienvenue ! Vous êtes membre.
flash-declined = C’est noté : vous avez décliné l’invitation.
flash-left = C’est fait : vous avez quitté l’organisation.
organisations-waiting = { $count ->
    [0] Invitations
    [one] { $count } invitation en attente
   *[other] { $count } invitations en attente
}
organisations-invited-at = Invitée le
organisations-declined = A décliné
organisations-expired = Expirée
organisations-revoke = Retirer
organisations-revoke-of = Retirer l’invitation de { $name }
organisations-leave = Quitter
organisations-leave-of = Quitter { $organisation }
organisations-leave-text = Ce que vous avez appris reste à vous. Vos progrès ne seront plus montrés à l’organisation.
organisations-leave-now = Quitter l’organisation
organisations-invitations = Inviter dans l’organisation
organisations-invitations-more = Par lien, QR code ou liste
organisations-links = Un lien à partager
organisations-links-text = Envoyez-le dans votre groupe, ou affichez le QR code en réunion. Chacun choisit d’accepter.
organisations-link-qr = QR code du lien d’invitation
organisations-link-address = Adresse du lien
organisations-link-uses = Utilisé { $uses } fois sur { $max }
organisations-link-revoke = Désactiver ce lien
organisations-link-for = Nombre de personnes
organisations-link-days = Valable (jours)
organisations-link-make = Créer un lien
organisations-sheet = Une liste d’adresses
organisations-sheet-text = Un fichier CSV avec les colonnes « nom » et « e-mail » (et « langue » si vous voulez) : 10 000 lignes au plus. Les points-virgules d’Excel conviennent.
organisations-sheet-file = Fichier CSV
organisations-sheet-send = Inviter ces personnes
organisations-sheet-coding = Ce fichier n’est pas en UTF-8. Dans Excel : « Enregistrer sous », puis « CSV UTF-8 ».
organisations-sheet-too-long = Ce fichier est trop long : 10 000 lignes et 2 Mo au plus. Coupez-le en plusieurs.
organisations-sheet-empty = Nous n’avons trouvé aucune ligne à lire dans ce fichier.
organisations-sheet-answer = { $sent ->
    [0] Aucune invitation envoyée, sur { $all } lignes
    [one] { $sent } invitation envoyée, sur { $all } lignes
   *[other] { $sent } invitations envoyées, sur { $all } lignes
}
organisations-sheet-line = Ligne
organisations-sheet-result = Résultat
organisations-sheet-more = { $count ->
    [one] Et une autre ligne, traitée de même.
   *[other] Et { $count } autres lignes, traitées de même.
}
organisations-sheet-sent = Invitation envoyée
organisations-sheet-waiting = Déjà invitée
organisations-sheet-member = Déjà membre
organisations-sheet-declined = A décliné récemment
organisations-sheet-too-many = Limite du jour atteinte
organisations-sheet-no-address = Pas d’adresse
organisations-sheet-address = Adresse illisible
organisations-sheet-name = Nom refusé : trop long, ou une formule
organisations-sheet-twice = Adresse déjà plus haut
organisations-join = Rejoindre { $organisation }
organisations-join-text = Les personnes qui coordonnent verront votre nom, votre adresse et vos progrès dans les modules pendant votre adhésion. Vous pouvez partir quand vous voulez.
organisations-join-sent = Regardez votre boîte de courrier : le message contient le lien pour accepter.
organisations-join-member = Vous en êtes déjà membre.
organisations-join-as = Accepter comme { $name }
organisations-join-sign-in = J’ai un compte : me connecter pour accepter
organisations-join-create = Créer mon compte et accepter
organisations-join-decline = Non merci
organisations-join-ask = Je n’ai pas encore de compte
organisations-join-ask-text = Donnez votre adresse : nous vous y envoyons le lien pour accepter.
organisations-join-ask-send = Recevoir le lien
organisations-mail-invitation-subject = { $inviter } vous invite à rejoindre { $organisation }
organisations-mail-invitation-body = Bonjour { $name },

    { $inviter } vous invite à rejoindre { $organisation } sur Halqa, où les associations apprennent les unes des autres.

    Rien ne se fait sans vous : ouvrez le lien pour accepter ou décliner. Il fonctionne pendant 30 jours.
organisations-mail-invitation-action = Voir l’invitation
error-too-many-invitations-title = Beaucoup d’invitations aujourd’hui
error-too-many-invitations-body = La limite du jour est atteinte. Reprenez demain, ou demandez à votre bureau régional.
error-no-address-title = Cette personne n’a pas d’adresse
error-no-address-body = Elle est venue d’une autre plateforme, sans adresse : aucun courrier ne peut lui être envoyé.

organisations-verified-by = Vérifiée par { $name } le
organisations-verified-on = Vérifiée le
organisations-confirmed = Confirmée par l’organisation le
organisations-updated = Fiche mise à jour le
organisations-confirm = Tout est encore juste
organisations-members-only = Réservée aux personnes connectées
organisations-make-public = Ouvrir cette page à tout le monde
organisations-make-private = Réserver cette page aux personnes connectées
flash-confirmed = Merci : la fiche est confirmée aujourd’hui.
