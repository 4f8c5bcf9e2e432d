### LTI : plateformes de cours

lti-description = Des modules courts pour les associations : vie associative, projets, plaidoyer, transparence.
lti-pick = Choisir des modules Halqa
lti-learner-unnamed = Sans nom
lti-comment-progress = En cours : { $percent } %
lti-back = Revenir au cours
lti-reason = Repère pour l’administrateur :
lti-continue-title = Ouverture du module
lti-continue-wait = Un instant…
lti-continue-why = Votre navigateur ne laisse pas cette page se souvenir de vous à l’intérieur d’un autre site. Ouvrez le module dans une nouvelle fenêtre : vous y retrouverez votre progression.
lti-continue-window = Ouvrir dans une nouvelle fenêtre
lti-continue-here = Continuer ici
lti-answer-title = Retour à votre plateforme
lti-answer-text = Votre choix est prêt. Si rien ne se passe, utilisez le bouton.
lti-answer-button = Continuer
lti-window-why = Ce module s’ouvre dans sa propre fenêtre : à l’intérieur d’un autre site, votre navigateur l’empêcherait de s’afficher.
lti-window-after = Vos résultats reviennent ici d’eux-mêmes. Fermez la fenêtre quand vous avez terminé.

lti-waiting-title = Le module arrive bientôt
lti-waiting-text = La personne qui anime ce cours n’a pas encore choisi le module. Revenez un peu plus tard.
lti-done-title = C’est enregistré
lti-done-text = Votre progression est gardée. Vous reprendrez exactement ici.
lti-done-close = Vous pouvez fermer cette fenêtre.
lti-done-link = Vous avez aussi un compte Halqa ?
lti-done-link-action = Relier les deux
lti-link-title = Relier mes comptes
lti-link-lead = Vous êtes connecté·e ici comme { $name }.
lti-link-text = Désormais, ce que vous suivez depuis votre plateforme comptera pour ce compte. Ce que vous avez déjà suivi là-bas reste à part.
lti-link-whose = Sur « { $platform } », vous êtes « { $name } ». Si ce n’est pas vous, ne reliez rien : cette personne entrerait ensuite dans votre compte.
lti-link-action = Relier à ce compte
lti-link-no = Non merci
lti-identities-title = Mes plateformes
lti-identities-lead = Les plateformes de cours d’où vous ouvrez des modules avec ce compte.
lti-identities-seen = Dernière ouverture :
lti-identities-unlink = Détacher
lti-identities-none = Aucune plateforme reliée
lti-identities-none-text = Ouvrez un module depuis votre plateforme, puis quittez-le : on vous proposera de relier les deux comptes.
lti-register-title = Relier cette plateforme à Halqa
lti-register-text = { $host } pourra ouvrir les modules de Halqa et en recevoir les résultats. Un administrateur de Halqa confirmera ensuite.
lti-register-action = Relier
lti-register-done = C’est fait. Un administrateur de Halqa doit encore confirmer, puis activez l’outil de votre côté.
lti-register-close = Terminer
lti-shelf-title = Choisir des modules
lti-shelf-link = Quel module ouvre ce lien ?
lti-shelf-search = Chercher un module
lti-shelf-language = Langue
lti-shelf-any = Toutes
lti-shelf-axis = Axe
lti-shelf-any-axis = Tous
lti-shelf-preview = Aperçu
lti-shelf-preview-of = Aperçu de { $title } dans une nouvelle fenêtre
lti-shelf-graded = Envoyer les résultats au carnet de notes
lti-shelf-target = Le module s’ouvre
lti-shelf-iframe = dans la page du cours
lti-shelf-window = dans une nouvelle fenêtre
lti-shelf-add = Ajouter au cours
lti-shelf-choose = Choisir ce module
lti-shelf-cancel = Annuler
lti-shelf-none = Aucun module
lti-shelf-none-text = Essayez un autre mot ou une autre langue.
lti-shelf-nothing = Choisissez au moins un module.
lti-shelf-impossible = Votre plateforme n’accepte pas de liens vers des outils à cet endroit.
lti-class-open = Ouvrir le module
lti-class-change = Changer de module
lti-class-members = Qui n’a pas commencé ?
lti-class-silent = Votre plateforme ne donne pas la liste des inscrits. Réessayez plus tard.
lti-class-learners = Progression
lti-class-nobody = Personne n’a encore ouvert ce module.
lti-class-sent = Note transmise
lti-class-unsent = Note en route
lti-admin-title = Plateformes de cours (LTI)
lti-admin-lead = Moodle, Canvas et d’autres ouvrent les modules de Halqa et en reçoivent les résultats.
lti-platforms = Plateformes reliées
lti-platforms-none = Aucune plateforme pour l’instant
lti-platforms-none-text = Préparez un lien d’inscription et donnez-le à l’administrateur de la plateforme.
lti-state-pending = À confirmer
lti-state-active = Ouverte
lti-state-closed = Fermée
lti-invite-title = Inscrire une plateforme
lti-invite-text = Le lien sert une fois, pendant sept jours. L’administrateur de la plateforme le colle dans l’inscription dynamique de LTI 1.3.
lti-invite-action = Préparer le lien
lti-invitation-once = Copiez ce lien maintenant : il ne sera plus montré.
lti-consumer-once = Copiez la clé et le secret maintenant : le secret ne sera plus montré.
lti-add-platform = Inscrire à la main (LTI 1.3)
lti-add-platform-text = Donnez ces adresses à la plateforme, puis notez ici les siennes.
lti-add-platform-action = Inscrire la plateforme
lti-add-consumer = Plateforme ancienne (LTI 1.1)
lti-add-consumer-text = Pour les plateformes qui ne connaissent pas LTI 1.3 : une clé et un secret.
lti-add-consumer-action = Préparer la clé et le secret
lti-ours-login = Adresse de connexion
lti-ours-launch = Adresse de lancement et de redirection
lti-ours-deep-linking = Adresse du choix de contenu
lti-ours-jwks = Clés publiques
lti-ours-cartridge = Cartouche LTI 1.1
lti-field-name = Nom
lti-field-issuer = Émetteur (issuer)
lti-field-client-id = Identifiant client (client ID)
lti-field-auth-url = Adresse d’authentification
lti-field-token-url = Adresse des jetons
lti-field-jwks-url = Adresse des clés (JWKS)
lti-field-deployment = Déploiement
lti-field-deployment-hint = Vide : tous les déploiements de cette plateforme sont acceptés.
lti-field-organisation = Organisation
lti-field-organisation-hint = Les personnes qui viennent de cette plateforme en deviennent membres : leur progression y compte.
lti-no-organisation = Aucune
lti-field-hosts = Autres adresses de cette plateforme
lti-field-hosts-hint = Des noms de domaine séparés par des espaces, si les notes ou les pages viennent d’ailleurs.
lti-field-open-deployments = Accepter les nouveaux déploiements
lti-field-guests = Accepter les lancements anonymes
lti-field-lenient = Accepter les signatures qui répètent l’adresse dans le formulaire (Canvas)
lti-field-key = Clé
lti-field-secret = Secret
lti-pending-text = Cette plateforme s’est inscrite avec votre lien. Vérifiez ses adresses, puis ouvrez-la.
lti-open = Ouvrir
lti-close = Fermer
lti-deployments = Déploiements
lti-deployment-accept = Accepter
lti-contexts = Cours
lti-contexts-text = Un cours peut compter pour une organisation : dès leur prochaine ouverture, ses participants en sont membres.
lti-keys-title = Clés de signature
lti-keys-text = Une nouvelle clé est publiée un jour avant de servir ; l’ancienne reste publiée une semaine.
lti-keys-from = Signe à partir du
lti-keys-until = Publiée jusqu’au
lti-keys-signs = En service
lti-keys-rotate = Préparer la clé suivante
lti-grades-title = Notes à transmettre
lti-grades-lead = Ce que les plateformes n’ont pas encore reçu, et pourquoi.
lti-grades-failed = Échec
lti-grades-under-way = En route
lti-grades-retry = Réessayer
lti-grades-none = Tout est transmis
lti-grades-none-text = Chaque plateforme a les dernières notes de ses apprenants.
flash-lti-linked = Vos comptes sont reliés.
flash-lti-unlinked = La plateforme est détachée de ce compte.
flash-lti-rotated = La clé suivante est publiée. Elle signera dans un jour.
form-address = Cette adresse n’est pas utilisable : elle doit commencer par https://.
form-lti-registered = Cette plateforme est déjà inscrite avec cet identifiant.
lti-class-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
lti-class-completed = { $count ->
    [one] { $count } a terminé
   *[other] { $count } ont terminé
}
lti-class-missing = { $count ->
    [0] Tout le monde a commencé
    [one] { $count } personne n’a pas commencé
   *[other] { $count } personnes n’ont pas commencé
}
lti-grades-waiting = { $count ->
    [0] Toutes les notes sont transmises
    [one] { $count } note à transmettre
   *[other] { $count } notes à transmettre
}
lti-grades-tries = { $count ->
    [one] { $count } essai
   *[other] { $count } essais
}
error-lti-unreadable-title = Ce message ne se lit pas
error-lti-unreadable-body = Votre plateforme de cours a envoyé quelque chose d’incomplet. Ouvrez le module depuis votre cours ; si cela revient, prévenez son administrateur.
error-lti-too-large-title = Ce message est trop long
error-lti-too-large-body = Votre plateforme de cours a envoyé trop de données. Prévenez son administrateur.
error-lti-relaunch-title = Ouvrez de nouveau le module
error-lti-relaunch-body = Cette ouverture a déjà servi, a expiré ou vient d’un autre navigateur. Revenez dans votre cours et cliquez de nouveau sur le lien : votre progression vous attend.
error-lti-untrusted-title = Cette signature ne convient pas
error-lti-untrusted-body = Nous ne pouvons pas vérifier que ce message vient de votre plateforme de cours. Prévenez son administrateur.
error-lti-unknown-platform-title = Cette plateforme n’est pas reliée
error-lti-unknown-platform-body = Votre plateforme de cours n’est pas reliée à Halqa, ou ne l’est plus. Son administrateur peut en demander l’inscription.
error-lti-deployment-title = Demandez à l’administrateur
error-lti-deployment-body = Cet endroit de votre plateforme n’est pas encore ouvert ici. L’administrateur de Halqa voit la demande et peut l’accepter.
error-lti-suspended-title = Ce compte est suspendu
error-lti-suspended-body = Écrivez à l’équipe de Halqa si vous pensez que c’est une erreur.
error-lti-anonymous-title = Qui êtes-vous ?
error-lti-anonymous-body = Votre plateforme n’a pas dit qui vous êtes, et les lancements anonymes ne sont pas acceptés ici.
error-lti-instructor-title = Réservé à qui enseigne
error-lti-instructor-body = Seules les personnes qui enseignent dans ce cours peuvent y ajouter des modules.
error-lti-no-module-title = Ce module n’est plus là
error-lti-no-module-body = Le lien mène à un module qui n’existe pas ou n’est plus publié. Prévenez la personne qui anime le cours.
error-lti-too-many-title = Un peu de patience
error-lti-too-many-body = Trop d’ouvertures à la fois depuis votre réseau. Réessayez dans une minute.
error-lti-platform-title = Votre plateforme a dit non
error-lti-platform-body = Votre plateforme de cours n’a pas confirmé l’ouverture. Reconnectez-vous là-bas, puis réessayez.
error-lti-session-title = Cette ouverture est terminée
error-lti-session-body = Revenez dans votre cours et ouvrez de nouveau le module.
error-lti-registered-title = Déjà inscrite
error-lti-registered-body = Cette plateforme est déjà inscrite avec cet identifiant client.
error-lti-registration-title = Inscription incomplète
error-lti-registration-body = Vérifiez ce champ : { $field }.
error-lti-unknown-organisation-title = Organisation inconnue
error-lti-unknown-organisation-body = Choisissez une organisation dans la liste, ou laissez vide.
lti-grades-retry-all = Réessayer toutes les notes abandonnées
