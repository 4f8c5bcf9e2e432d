### Autour d’un séminaire : fichiers, engagements, séminaires sans date

handouts-title = Supports
handouts-of = Supports : { $name }
handouts-there = Ce qui est remis
handouts-none = Aucun fichier pour l’instant.
handouts-seats-only = inscrits
handouts-remove = Retirer
handouts-add = Ajouter un support
handouts-label = Nom du support
handouts-phase = Remis
handouts-phase-before = dès maintenant
handouts-phase-during = à partir de la première rencontre
handouts-phase-after = une fois le séminaire terminé
handouts-file = Choisir un fichier ou le déposer ici
handouts-file-hint = PDF, document, tableur, présentation, image, son ou vidéo, jusqu’à 50 Mo.
handouts-document = … ou un document de la boîte à outils
handouts-document-hint = Collez son adresse.
handouts-for-seats = Seulement pour les personnes inscrites
handouts-do = Ajouter
flash-handout-added = Le support est ajouté.
flash-handout-removed = Le support est retiré.
form-no-document = Aucun document visible à cette adresse.
field-label = Nom du support
field-document = Document
error-too-many-handouts-title = Trop de supports
error-too-many-handouts-body = Retirez-en un avant d’en ajouter un autre.

commitments-title = Engagements
commitments-of = Engagements : { $name }
commitments-mine = Ce que je vais faire
commitments-seen-by = Vu par vous, par la coordination de votre organisation et par l’équipe du séminaire.
commitments-until = D’ici le
commitments-done = fait
commitments-late = à relancer
commitments-outcome = Ce que cela a donné
commitments-say-done = C’est fait
commitments-remove = Retirer
commitments-body = Ce que je vais faire
commitments-body-hint = Une chose concrète : « Réunir le bureau et fixer la date de l’assemblée ».
commitments-within = Dans un délai de
commitments-months = { $count ->
    [one] { $count } mois
   *[other] { $count } mois
}
commitments-make = Je m’engage
commitments-all = Ce que les participants vont faire
commitments-none = Aucun engagement pour l’instant
commitments-none-text = Après un séminaire, chacun dit ce qu’il va faire dans les trois mois.
commitments-organisation-lead = Ce que vos membres ont décidé de faire après un séminaire.
commitments-trainers = Qui d’autre les voit
commitments-trainers-text = Les formatrices et formateurs nommés ici lisent les engagements et déposent des supports.
commitments-trainer-email = Adresse de la formatrice ou du formateur
commitments-trainer-name = Ajouter
commitments-trainer-remove = Retirer
flash-commitment-made = Votre engagement est noté. Un message vous le rappellera.
flash-commitment-done = Bravo, c’est noté.
flash-commitment-removed = L’engagement est retiré.
flash-trainer-named = La personne voit maintenant les engagements.
flash-trainer-removed = La personne ne les voit plus.
error-too-many-commitments-title = Cinq engagements, pas plus
error-too-many-commitments-body = Terminez-en un ou retirez-en un avant d’en prendre un autre.
seminars-mail-commitment-subject = Votre engagement : { $title }
seminars-mail-commitment-body = Bonjour { $name },

    Après « { $title } », vous aviez décidé : { $body }

    D’ici le { $at }. Où en êtes-vous ?
seminars-mail-commitment-action = Dire où j’en suis
organisations-tab-commitments = Engagements

plans-title = Bientôt, sans date
plans-none = Rien n’est en préparation.
plans-new = Annoncer sans date
plans-new-lead = Dites ce qui se prépare : vous verrez qui viendrait, et de quelle région.
plans-field-title = Titre
plans-field-summary = De quoi il s’agit
plans-field-language = Langue
plans-field-axis = Axe
plans-announce = Annoncer
plans-no-date = Sans date pour l’instant
plans-wanted = { $count ->
    [0] Personne n’attend encore
    [one] { $count } personne attend
   *[other] { $count } personnes attendent
}
plans-dates = Les dates
plans-ask-title = Cela vous intéresse ?
plans-ask-text = Dites-le : plus vous êtes nombreux dans une région, plus la date est proche.
plans-ask = Prévenez-moi quand il y a une date
plans-asked = C’est noté : un message vous préviendra dès qu’il y a une date près de chez vous.
plans-staff = Pour l’équipe
plans-by-region = Personnes qui attendent, par région
plans-people = Personnes
plans-nobody = Personne n’attend pour l’instant.
plans-no-region = Sans région
plans-set-date = Fixer une date
plans-close = Ne plus proposer
flash-plan-made = C’est annoncé.
flash-plan-closed = Ce n’est plus proposé.
seminars-mail-plan-subject = Il y a une date : { $title }
seminars-mail-plan-body = Bonjour { $name },

    « { $title } » a maintenant une date. Vous aviez demandé à le savoir.
seminars-mail-plan-action = Voir la date
