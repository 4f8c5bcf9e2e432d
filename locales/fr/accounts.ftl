### Comptes : connexion, invitation, mot de passe, page personnelle.

accounts-email = Adresse e-mail
accounts-name = Nom et prénom
accounts-password = Mot de passe
accounts-password-new = Nouveau mot de passe
accounts-password-present = Mot de passe actuel
accounts-password-hint = Au moins 12 caractères. Une petite phrase que vous seul connaissez fait très bien l’affaire.
accounts-password-change = Changer le mot de passe
accounts-language = Langue
accounts-language-hint = Celle de vos pages et de nos courriers.

accounts-sign-in-title = Bon retour dans le cercle
accounts-sign-in-lead = Connectez-vous pour reprendre là où vous en étiez.
accounts-sign-in-wrong = Adresse ou mot de passe incorrect
accounts-sign-in-wrong-text = Vérifiez la frappe et réessayez, ou demandez un nouveau mot de passe.
accounts-forgot = Mot de passe oublié ?
accounts-no-account = Pas encore de compte ? La personne qui coordonne votre association ou votre bureau régional vous invite en une minute.

accounts-forgot-title = Mot de passe oublié
accounts-forgot-text = Donnez votre adresse : nous y envoyons un lien pour en choisir un nouveau.
accounts-forgot-send = Recevoir le lien
accounts-sent-title = Regardez votre boîte aux lettres
accounts-sent-text = Si cette adresse a un compte ici, un lien vient de partir. Il sert une fois, pendant 30 minutes.
accounts-sent-hint = Rien après quelques minutes ? Regardez dans les indésirables, ou demandez à votre bureau régional.

accounts-welcome-title = Bienvenue, { $name }
accounts-welcome-text = Choisissez un mot de passe, et vous êtes des nôtres.
accounts-welcome-go = Entrer dans le cercle
accounts-choose-title = Choisissez un nouveau mot de passe
accounts-choose-text = Vos autres appareils seront déconnectés.

accounts-me-profile = Qui je suis
accounts-me-organisations = Mes organisations
accounts-me-password = Mot de passe
accounts-me-sessions = Mes appareils connectés
accounts-me-sessions-text = Vous n’en reconnaissez pas un ? Déconnectez-le et changez de mot de passe.
accounts-session-since = Connecté le
accounts-session-seen = Vu le
accounts-session-here = Cet appareil
accounts-session-end = Déconnecter
accounts-sign-out-everywhere = Se déconnecter partout

accounts-mail-invitation-subject = { $inviter } vous invite dans Halqa
accounts-mail-invitation-body = Bonjour { $name },

    { $inviter } vous invite à rejoindre Halqa, où les associations apprennent les unes des autres.

    Choisissez votre mot de passe avec le lien ci-dessous. Il sert une fois, pendant 7 jours.
accounts-mail-invitation-action = Rejoindre Halqa
accounts-mail-reset-subject = Un nouveau mot de passe pour Halqa
accounts-mail-reset-body = Bonjour { $name },

    Quelqu’un, sans doute vous, a demandé un nouveau mot de passe. Le lien ci-dessous sert une fois, pendant 30 minutes.

    Ce n’était pas vous ? Ne faites rien : votre mot de passe reste le même.
accounts-mail-reset-action = Choisir un mot de passe

flash-signed-out = Vous êtes déconnecté. À bientôt !
flash-signed-out-everywhere = Tous vos appareils sont déconnectés.
flash-session-ended = Cet appareil est déconnecté.
flash-password-changed = Votre mot de passe est changé, vos autres appareils sont déconnectés.
flash-welcome = Votre compte est prêt. Bienvenue !
flash-saved = C’est enregistré.

form-choice = Choisissez dans la liste.
form-email = Vérifiez cette adresse : il y manque quelque chose.
form-password-short = Il faut au moins 12 caractères.
form-password-long = C’est trop long : 1 024 octets au plus.
form-password-common = Ce mot de passe est trop facile à deviner. Essayez une petite phrase à vous.
form-password-wrong = Ce n’est pas votre mot de passe actuel.

error-sign-in-throttled-title = Trop d’essais en peu de temps
error-sign-in-throttled-body = Par prudence, nous faisons une pause. Réessayez dans { $seconds } s. Vous pouvez aussi demander un nouveau mot de passe.
error-link-used-title = Ce lien ne sert plus
error-link-used-body = Il a déjà servi, ou il est trop ancien. Demandez un nouveau lien depuis « Mot de passe oublié », ou une nouvelle invitation.
error-missing-scope-title = Ce jeton n’ouvre pas cette porte
error-missing-scope-body = Il lui manque le droit « { $scope } ». Demandez à un administrateur un jeton qui l’a.
error-unknown-scope-title = Ce droit n’existe pas
error-unknown-scope-body = « { $scope } » n’est pas un droit connu.
error-email-taken-title = Cette adresse a déjà un compte
error-email-taken-body = Cherchez la personne par son adresse : elle est déjà des nôtres.
error-person-suspended-title = Ce compte est suspendu
error-person-suspended-body = Un administrateur peut lever la suspension.
error-last-admin-title = C’est le dernier administrateur
error-last-admin-body = Nommez d’abord une autre personne : Halqa ne peut pas rester sans administrateur.
accounts-shows-learning = À côté de mes réponses, montrer les modules que j’ai terminés sur le même axe
