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
flash-member-invited = C’est fait : la personne est membre, et un courrier l’invite si elle n’avait pas de compte.
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
organisations-invite-text = La personne devient membre aussitôt. Si elle n’a pas de compte, un courrier l’invite à choisir son mot de passe.
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
