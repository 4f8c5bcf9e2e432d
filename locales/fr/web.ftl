### Ce que toutes les pages partagent : cadre, boutons, états, erreurs, accueil.

web-brand = Halqa
web-skip = Aller au contenu
web-nav-label = Navigation principale
web-nav-home = Accueil
web-nav-modules = Apprendre
web-nav-spaces = Espaces
web-nav-seminars = Agenda
web-nav-organisations = Annuaire
web-nav-watch = Veille
web-nav-admin = Piloter
web-language = Changer de langue
web-language-short = FR
web-account = Mon espace
web-account-of = Compte de { $name }
web-sign-in = Se connecter
web-sign-out = Se déconnecter
web-footer = Halqa, le cercle où les associations apprennent les unes des autres.
web-footer-made = Logiciel libre, fait en Tunisie
web-crumbs = Fil d’Ariane
web-tabs = Rubriques
web-pages = Pages de la liste

## Gestes
web-save = Enregistrer
web-back = Retour
web-next = Suivant
web-previous = Précédent
web-resume = Reprendre
web-start = Commencer
web-edit = Modifier
web-send = Envoyer
web-search = Rechercher
web-see-all = Tout voir
web-form-errors = { $count ->
    [one] Il y a un point à corriger
   *[other] Il y a { $count } points à corriger
}

## États
web-progress = Progression
web-progress-estimated = Estimation : ce module ne mesure pas sa progression.
web-state-not-started = Pas commencé
web-state-in-progress = En cours
web-state-completed = Terminé
web-state-passed = Réussi
web-state-failed = À reprendre
web-condition-met = Condition remplie
web-condition-missing = Condition à remplir
web-door-open = Ouvert pour vous
web-door-registered = Inscription faite
web-door-closed = { $count ->
    [one] Encore une étape
   *[other] Encore { $count } étapes
}
web-seats-left = { $count ->
    [0] Complet
    [one] { $count } place
   *[other] { $count } places
}
web-replies = { $count ->
    [one] réponse
   *[other] réponses
}
web-topic-solved = Résolu
web-topic-solution = Solution

## Accueil
web-home-title = Les associations apprennent les unes des autres
web-home-lead = Des modules courts, faits par des gens de terrain. Ils ouvrent la porte des séminaires près de chez vous, et la conversation continue entre associations.
web-home-start = Découvrir les modules
web-home-agenda = Voir l’agenda
web-home-how = Comment ça marche
web-home-learn = Apprenez à votre rythme
web-home-learn-text = Sur le téléphone ou l’ordinateur, même quand le réseau coupe : rien de ce que vous faites ne se perd.
web-home-meet = Ouvrez la porte d’un séminaire
web-home-meet-text = Un ou deux modules suivis, et votre place vous attend. Vous voyez toujours ce qu’il reste à faire.
web-home-share = Partagez ce qui a marché
web-home-share-text = Posez vos questions, répondez à celles des autres, laissez vos modèles à qui en a besoin.
web-home-hello = Bonjour, { $name }
web-home-hello-lead = Voici où vous en étiez, et ce qui se prépare.
web-home-resume = Reprendre où vous en étiez
web-home-last = Dernière visite : { $at }
web-home-modules = Modules à découvrir
web-home-seminars = Prochains séminaires
web-home-topics = On en parle en ce moment
web-home-yours = Vos accès
web-home-seats = Vos prochains rendez-vous
web-home-modules-yours = Modules
web-home-door-coordinates = Vos membres et leur progression
web-home-door-member = Votre organisation
web-home-door-teach = Déposer, publier, lire les rapports
web-home-door-animates = L’espace que vous animez
web-home-door-staff = Personnes, organisations, séminaires

## Erreurs : un titre, puis ce que l’on peut faire
web-error-home = Revenir à l’accueil
web-error-modules = Voir les modules
web-error-reference = Si vous nous écrivez, donnez ce repère :
error-not-found-title = Cette page n’existe pas
error-not-found-body = L’adresse a pu changer ou être mal recopiée. Repartez de l’accueil ou cherchez parmi les modules.
error-forbidden-title = Cette page n’est pas ouverte à votre compte
error-forbidden-body = Si vous devriez y avoir accès, demandez à la personne qui coordonne votre association ou à votre bureau régional.
error-unauthorized-title = Connectez-vous pour continuer
error-unauthorized-body = Cette page a besoin de savoir qui vous êtes. Connectez-vous : vous y reviendrez aussitôt.
error-bad-request-title = Nous n’avons pas compris la demande
error-bad-request-body = Revenez à la page précédente, vérifiez ce que vous avez saisi et recommencez.
error-conflict-title = Quelqu’un est passé avant vous
error-conflict-body = Ces données ont changé entre-temps. Rechargez la page pour voir où elles en sont, puis recommencez.
error-too-large-title = Le fichier est trop lourd
error-too-large-body = Choisissez un fichier plus léger, ou allégez les vidéos et les images avant de le déposer.
error-unsupported-media-type-title = Ce type de fichier n’est pas accepté
error-unsupported-media-type-body = Vérifiez le format demandé sur la page précédente, puis déposez un autre fichier.
error-too-many-requests-title = Trop d’essais en peu de temps
error-too-many-requests-body = Par prudence, nous faisons une pause. Attendez une minute, puis recommencez.
error-unavailable-title = Halqa se repose un instant
error-unavailable-body = Le service revient vite. Attendez une minute, puis rechargez la page : ce que vous avez fait est gardé.
error-internal-title = Une erreur de notre côté
error-internal-body = Elle est notée. Rechargez la page ; si cela recommence, écrivez à votre bureau régional.
error-csrf-refused-title = Cette demande vient d’un autre site
error-csrf-refused-body = Pour vous protéger, nous l’avons arrêtée. Revenez sur Halqa et refaites le geste depuis ici.
error-wrong-host-title = Cette adresse n’est pas celle de Halqa
error-wrong-host-body = Ouvrez Halqa par son adresse habituelle, sans la modifier.
error-method-not-allowed-title = Cette page ne s’utilise pas ainsi
error-method-not-allowed-body = Revenez à la page précédente et passez par ses boutons et ses liens.
error-unprocessable-title = Nous ne pouvons pas accepter ces données
error-unprocessable-body = Revenez au formulaire : ce qui est à corriger y est indiqué.

## Dates et durées
web-month-1 = janvier
web-month-2 = février
web-month-3 = mars
web-month-4 = avril
web-month-5 = mai
web-month-6 = juin
web-month-7 = juillet
web-month-8 = août
web-month-9 = septembre
web-month-10 = octobre
web-month-11 = novembre
web-month-12 = décembre
web-weekday-1 = lundi
web-weekday-2 = mardi
web-weekday-3 = mercredi
web-weekday-4 = jeudi
web-weekday-5 = vendredi
web-weekday-6 = samedi
web-weekday-7 = dimanche
web-format-date = { $weekday } { $day } { $month } { $year }
web-format-datetime = { $day } { $month } { $year } à { $time }
web-format-time = { $time }
web-format-hours = { $hours } h { $minutes } min
web-format-minutes = { $minutes } min
web-format-seconds = { $seconds } s

## Formulaires
form-required = Ce champ est à remplir.
form-one-line = Une seule ligne, s’il vous plaît.
form-too-long = C’est trop long : raccourcissez un peu.
form-number = Écrivez un nombre entier.
form-out-of-range = Ce nombre n’est pas dans les limites permises.
form-date = Indiquez une date et une heure.
error-bad-json-title = Le corps de la requête ne peut pas être lu
error-bad-json-body = Ligne { $line }, colonne { $column } : corrigez le JSON et renvoyez-le.
web-upload-checking = Vérification du paquet…
web-upload-large = Ce fichier est plus gros que ce que la plateforme accepte. Allégez les vidéos et les images, puis exportez-le à nouveau.
web-upload-cut = La connexion s’est coupée avant la fin. Rien n’est gardé : choisissez à nouveau le fichier.

## Champs, comme les nomme le résumé des erreurs
web-field-error = { $field } : { $problem }
field-title = Titre
field-summary = Résumé
field-body = Texte
field-name = Nom
field-email = Adresse e-mail
field-password = Mot de passe
field-present = Mot de passe actuel
field-language = Langue
field-axis = Axe
field-kind = Type
field-region = Région
field-governorate = Gouvernorat
field-about = Présentation
field-starts = Début
field-ends = Fin
field-place = Lieu
field-link = Lien
field-capacity = Nombre de places
field-need = Conditions
field-module = Module
field-least = Pourcentage
field-name_fr = Nom en français
field-name_ar = Nom en arabe
field-name_en = Nom en anglais
field-role = Rôle
field-space = Espace
field-until = Jusqu’au
field-scope = Droits
field-max_attempts = Nombre d’essais
field-minutes = Minutes
field-score = Score

web-topic-pinned = Épinglé
web-topic-question = Question ouverte
web-topic-closed = Fermé
web-topic-too = { $count ->
    [one] { $count } autre personne a ce problème
   *[other] { $count } autres personnes ont ce problème
}
web-api-title = Interface pour les programmes
web-api-lead = Ce qu’un autre logiciel peut demander à Halqa : importer des modules, les ouvrir pour une personne, lire les progrès, tenir les inscriptions aux séminaires.
web-api-document = La description complète, au format OpenAPI 3.1 :
web-api-token = Chaque demande porte un jeton, qu’une administratrice ou un administrateur crée. Le mot à droite de chaque ligne est la permission qu’il lui faut.
web-api-link = Pour les programmes
