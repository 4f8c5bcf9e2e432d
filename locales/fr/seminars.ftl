### Séminaires

seminars-title = Agenda
seminars-upcoming = À venir
seminars-past = Passés
seminars-region = Région
seminars-show = Afficher
seminars-none = Aucun séminaire pour l’instant.
seminars-all-regions = Toutes les régions
seminars-online = En ligne
seminars-cancelled = Annulé
seminars-take-seat = Prendre ma place
seminars-give-up = Rendre ma place
seminars-seats = Inscriptions
seminars-colleagues = Ce que font les autres membres de votre organisation compte aussi.
seminars-need-started = Ouvrir « { $module } »
seminars-need-progress = Suivre au moins { $percent } de « { $module } »
seminars-need-completed = Terminer « { $module } »
seminars-need-passed = Réussir « { $module } »
seminars-need-score = Obtenir au moins { $percent } à « { $module } »
seminars-have-nothing = Pas encore commencé
seminars-have-progress = Vous en êtes à { $percent }
seminars-have-completed = Terminé
seminars-have-passed = Réussi
seminars-have-failed = Terminé, à reprendre pour réussir
seminars-have-score = Votre note : { $percent }
seminars-have-colleague = Un membre de votre organisation avance sur ce module
seminars-have-colleague-met = Rempli par un membre de votre organisation
seminars-rule-open = Ouvert à tout le monde.
seminars-rule-one = Une condition à remplir.
seminars-rule-all = Toutes ces conditions sont à remplir.
seminars-rule-some = { $need } de ces { $of } conditions suffisent.
seminars-door-open = La porte est ouverte
seminars-door-open-text = Votre place vous attend.
seminars-door-closed = La porte est encore fermée
seminars-door-closed-text = Voici ce qu’il reste à faire.
seminars-door-registered = Votre place est prise
seminars-door-registered-text = À bientôt !
seminars-door-full = Complet
seminars-door-full-text = Toutes les places sont prises.
seminars-door-over = Ce séminaire est passé
seminars-door-over-text = Les inscriptions sont closes.
seminars-door-cancelled = Ce séminaire est annulé
seminars-door-cancelled-text = Les inscriptions sont closes.
seminars-door-signed-out = Connectez-vous pour savoir
seminars-door-signed-out-text = Nous vous dirons ce que vous avez déjà et ce qu’il reste à faire.
flash-seat-taken = Votre place est prise.
flash-seat-given-up = Votre place est rendue.
error-bad-cursor-title = Ce curseur n’est pas valable
error-bad-cursor-body = Reprenez la liste depuis le début.
error-seats-above-capacity-title = Plus de places prises que prévu
error-seats-above-capacity-body = La capacité ne peut pas descendre sous le nombre d’inscriptions.
error-unknown-module-title = Module inconnu
error-unknown-module-body = La règle cite un module qui n’existe pas.
error-seminar-invalid-title = Séminaire à corriger
error-seminar-invalid-body = Vérifiez le titre, les dates, la capacité et la règle.
error-not-eligible-title = La porte est encore fermée
error-not-eligible-body = Il reste des conditions à remplir.
error-seminar-full-title = Complet
error-seminar-full-body = Toutes les places sont prises.
error-seminar-begun-title = Trop tard
error-seminar-begun-body = Ce séminaire a commencé.
error-seminar-cancelled-title = Séminaire annulé
error-seminar-cancelled-body = Ce séminaire n’aura pas lieu.
error-unknown-learner-title = Personne inconnue
error-unknown-learner-body = Personne ne correspond à cette adresse.
error-seat-taken-title = Place déjà prise
error-seat-taken-body = Cette personne a déjà une place.
seminars-lead = Des rencontres en petit groupe, là où vous êtes. La porte s’ouvre avec ce que vous avez appris.
seminars-none-text = Changez de région, ou revenez bientôt : d’autres dates se préparent.
seminars-new = Proposer un séminaire
seminars-edit = Modifier le séminaire
seminars-hours = de { $from } à { $to }
seminars-days = du { $from } au { $to }
seminars-of-capacity = sur { $count }
seminars-join = Rejoindre en ligne
seminars-retake = Revoir le module
seminars-organise = Pour l’équipe
seminars-taken-count = { $count ->
    [0] Personne n’est encore inscrit.
    [one] { $count } place prise sur { $capacity }.
   *[other] { $count } places prises sur { $capacity }.
}
seminars-part-what = De quoi s’agit-il ?
seminars-part-when = Où et quand ?
seminars-part-rule = Qui peut entrer ?
seminars-part-rule-text = La porte s’ouvre aux personnes qui remplissent assez de ces conditions. Chacune voit ce qu’elle a déjà et ce qu’il lui reste à faire. Sans condition, tout le monde peut s’inscrire.
seminars-field-title = Titre
seminars-field-summary = Ce que les gens viennent y faire
seminars-field-summary-hint = Quelques phrases ; un retour à la ligne commence un nouveau paragraphe.
seminars-field-language = Langue de la rencontre
seminars-field-axis = Axe
seminars-no-axis = Aucun
seminars-everywhere = Toutes les régions
seminars-zone = Fuseau horaire : { $zone }.
seminars-field-starts = Début
seminars-field-ends = Fin
seminars-field-place = Lieu
seminars-field-place-hint = À laisser vide si la rencontre n’a lieu qu’en ligne.
seminars-field-link = Lien en ligne
seminars-field-link-hint = Montré seulement aux personnes inscrites.
seminars-capacity = Nombre de places
seminars-field-need = Combien de conditions suffisent ?
seminars-need-count = { $count ->
    [0] Aucune : ouvert à tout le monde
    [one] Au moins { $count } condition
   *[other] Au moins { $count } conditions
}
seminars-condition = Condition { $n }
seminars-field-module = Module
seminars-no-module = (pas de module)
seminars-field-level = Niveau à atteindre
seminars-level-started = Commencé
seminars-level-progress = Suivi à au moins…
seminars-level-completed = Terminé
seminars-level-passed = Réussi
seminars-level-score = Note d’au moins…
seminars-field-least = Pourcentage
seminars-least-hint = Le pourcentage ne sert qu’aux niveaux « suivi » et « note ».
seminars-more = Ajouter des conditions
seminars-field-scope = Qui doit les remplir ?
seminars-scope-person = La personne qui s’inscrit
seminars-scope-organisation = Elle, ou n’importe quel membre de son organisation
seminars-cancel = Annuler ce séminaire
seminars-cancel-text = Plus personne ne pourra s’inscrire, les personnes inscrites reçoivent un courrier, et la page dira que la rencontre n’a pas lieu. On ne revient pas en arrière.
seminars-cancel-do = Oui, annuler le séminaire
seminars-attendees-of = Inscriptions : { $name }
seminars-seats-taken = Places prises
seminars-seats-free = Places libres
seminars-who = Personne
seminars-taken-at = Inscription
seminars-evidence = Ce qui a ouvert la porte
seminars-evidence-none = Porte ouverte à tout le monde
seminars-by-colleague = par un membre de l’organisation
seminars-nobody = Personne n’est encore inscrit
seminars-nobody-text = La liste se remplira avec les premières inscriptions.
seminars-door-begun = Ce séminaire a commencé
seminars-door-begun-text = Les inscriptions sont closes.
flash-seminar-made = Le séminaire est annoncé.
flash-seminar-changed = Le séminaire est à jour.
flash-seminar-cancelled = Le séminaire est annulé.
form-place-or-link = Indiquez un lieu, ou un lien si la rencontre est en ligne.
form-link = Écrivez l’adresse entière, par exemple https://visio.example.org/salle.
form-ends-before = La fin doit venir après le début.
form-percentage = Écrivez un pourcentage, par exemple 50.
form-rule-needs-more-than-listed = Choisissez au moins autant de modules que de conditions demandées.
form-rule-level-out-of-range = Un pourcentage se place entre 0 et 100.
form-rule-module-twice = Ce module est déjà dans une autre condition.
form-rule-too-many = C’est trop de conditions : 50 au plus.
form-seats-above-capacity = Il y a déjà plus d’inscriptions que cela.

seminars-mail-cancelled-subject = Annulé : { $title }
seminars-mail-cancelled-body = Bonjour { $name },

    Le séminaire « { $title } » n’aura pas lieu. Vous n’avez rien à faire : votre place est libérée.

    Ce que vous avez appris reste acquis, et ouvre d’autres portes.
seminars-mail-cancelled-action = Voir la page du séminaire

## La progression d’une organisation

progress-osc-title = Progression de { $name }
progress-osc-members = Membres
progress-osc-started = Modules commencés
progress-osc-completed = Modules terminés
progress-osc-passed = Modules réussis
progress-osc-mean = Progression moyenne
progress-osc-former = A quitté l’organisation
progress-near = À une étape d’un séminaire
progress-near-none = Personne n’est à une étape d’un séminaire en ce moment.
progress-near-or = ou
progress-grid = Membres et modules
progress-member = Membre
progress-completed-by = Terminé par
progress-former-text = Ce que les anciens membres ont fait pendant leur adhésion compte toujours pour l’organisation.
progress-no-members = Aucun membre pour l’instant : invitez-les depuis l’onglet Membres.
progress-no-modules = Aucun module n’est encore publié.

## La règle

seminars-need-present = Être venu·e à « { $module } »
seminars-need-present-at = Avoir suivi au moins { $percent } de la rencontre « { $module } »
seminars-need-attended = Avoir suivi toute la rencontre « { $module } »
seminars-need-fresh = { $count ->
    [one] { $need }, il y a moins d’un mois
   *[other] { $need }, il y a moins de { $count } mois
}
seminars-have-not-attended = Vous n’y étiez pas
seminars-have-present = Présence à { $percent }
seminars-have-attended = Vous y étiez
seminars-have-stale = C’est trop ancien : à reprendre
seminars-have-recognised = Acquis reconnu par l’équipe régionale
seminars-see-seminar = Voir la rencontre
seminars-each-seat = Chaque personne qui vient doit les remplir, y compris celles qu’une organisation désigne.
seminars-members = { $count ->
    [one] Au moins un membre de votre organisation doit les remplir à lui seul.
   *[other] Au moins { $count } membres de votre organisation doivent les remplir, chacun de son côté.
}
seminars-members-have = { $count ->
    [0] Aucun n’y est encore.
    [one] Un membre y est.
   *[other] { $count } membres y sont.
}
seminars-admitted = L’équipe régionale vous ouvre la porte :
seminars-scope-each-seat = Chaque personne qui viendra, désignée par son organisation ou non
seminars-scope-members = Plusieurs membres de son organisation, chacun de son côté
seminars-field-members = Combien de membres ?
seminars-field-members-hint = Seulement pour « plusieurs membres ».
seminars-a-seminar = Rencontre : { $title }
seminars-line-more = Ancienneté, groupe
seminars-field-months = Pas plus ancien que (mois)
seminars-field-group = Regrouper
seminars-group = Groupe { $letter }
seminars-group-none = Hors groupe
seminars-field-group-need = Dans le groupe { $letter }, combien suffisent ?
seminars-rule-kept = Cette règle a plusieurs étages et ne tient pas dans ce formulaire : elle reste comme elle est.
seminars-simulate = Voir qui pourrait s’inscrire
seminars-simulated = Aujourd’hui, cette règle donnerait
seminars-simulated-eligible = Peuvent s’inscrire
seminars-simulated-organisations = Organisations
seminars-simulated-near = À une étape
seminars-simulated-population = Comptes en tout
seminars-older-rule = Inscription sous la règle n° { $n }
seminars-decisions = Décisions de l’équipe
seminars-decisions-text = Chaque décision porte une raison et reste inscrite au journal.
seminars-admissions = Portes ouvertes malgré la règle
seminars-recognitions = Acquis reconnus
seminars-revoke = Retirer
seminars-admit = Ouvrir la porte à quelqu’un malgré la règle
seminars-admit-text = La personne pourra prendre une place elle-même, s’il en reste.
seminars-admit-do = Ouvrir la porte
seminars-recognise = Reconnaître un acquis
seminars-recognise-text = Le module comptera comme réussi, ici et partout où une règle le demande.
seminars-recognise-do = Reconnaître
seminars-field-email = Adresse e-mail de la personne
seminars-field-reason = Raison
flash-seminar-admitted = La porte est ouverte à cette personne.
flash-learning-recognised = L’acquis est reconnu.
flash-recognition-revoked = La reconnaissance est retirée.
form-nobody-there = Aucun compte actif n’a cette adresse.
form-rule-too-deep = La règle a trop d’étages.
form-rule-group-of-nothing = Un groupe demande au moins une condition.
form-rule-members-out-of-range = Le nombre de membres se place entre 1 et 50.
form-rule-months-out-of-range = Le nombre de mois se place entre 1 et 120.
form-rule-seminar-level = Une rencontre se suit, elle ne se réussit pas : choisissez commencé, suivi ou terminé.
form-rule-module-or-seminar = Une condition nomme un module ou une rencontre.

## Les places

seminars-door-offered = Une place vous attend
seminars-door-offered-text = Elle s’est libérée pour vous : confirmez, et elle est à vous.
seminars-door-waiting = Vous êtes sur la liste d’attente
seminars-door-waiting-text = Dès qu’une place se libère pour vous, nous vous écrivons. Vous aurez deux jours pour la confirmer.
seminars-offered-until = À confirmer avant : { $at }.
seminars-waiting-place = Votre rang : { $n }.
seminars-wait = M’inscrire sur la liste d’attente
seminars-waiting-leave = Quitter la liste d’attente
seminars-group-for = Des places pour mon organisation
seminars-group-title = Places réservées : { $name }
seminars-group-seats = Places de l’organisation
seminars-group-reserved = { $count ->
    [one] { $count } place réservée
   *[other] { $count } places réservées
}
seminars-group-unnamed = { $count ->
    [one] Une place attend un nom.
   *[other] { $count } places attendent un nom.
}
seminars-group-name-by = À nommer avant : { $at } ; ensuite elles iront à d’autres.
seminars-group-who = Qui vient ?
seminars-group-name = Donner la place
seminars-group-release = Rendre les places sans nom
seminars-group-offered = { $count ->
    [one] Une place vous attend
   *[other] { $count } places vous attendent
}
seminars-group-accept = Prendre ces places
seminars-group-waiting = { $count ->
    [one] Sur la liste d’attente pour une place
   *[other] Sur la liste d’attente pour { $count } places ensemble
}
seminars-group-waiting-text = Vous les aurez toutes, ou aucune.
seminars-group-more = Réserver des places
seminars-group-more-text = Réservez maintenant, nommez les personnes plus tard. S’il n’y a pas assez de places, attendez-les ensemble.
seminars-group-how-many = Combien de places ?
seminars-group-reserve = Réserver
seminars-group-wait = Attendre ces places ensemble
seminars-waiting-list = Liste d’attente
seminars-waiting-since = Depuis : { $at }
seminars-waiting-seats = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
seminars-quotas = Places mises de côté
seminars-quotas-text = Gardées pour un type d’organisation ou une région, jusqu’au jour où elles sont ouvertes à tout le monde.
seminars-quota-region = Région { $region }
seminars-quota-until = jusqu’au { $at }
seminars-quota-released = ouvertes à tout le monde
seminars-quota-remove = Ouvrir à tout le monde
seminars-quota-add = Mettre des places de côté
seminars-quota-for = Pour qui ?
seminars-quota-release = Jusqu’à quand ?
seminars-quota-set = Mettre de côté
flash-waiting-joined = Vous êtes sur la liste d’attente.
flash-waiting-left = Vous n’êtes plus sur la liste d’attente.
flash-seats-reserved = Les places sont réservées.
flash-seats-released = Les places sans nom sont rendues.
flash-seat-named = La place est donnée.
flash-quota-set = Les places sont mises de côté.
flash-quota-removed = Ces places sont ouvertes à tout le monde.
form-before-start = La date doit venir avant le début de la rencontre.
error-seats-set-aside-title = Places mises de côté
error-seats-set-aside-body = Les places qui restent sont gardées pour d’autres organisations. Inscrivez-vous sur la liste d’attente : elles s’ouvriront peut-être.
error-not-enough-seats-title = Pas assez de places
error-not-enough-seats-body = { $count ->
    [one] Il ne reste qu’une place pour votre organisation.
   *[other] Il reste { $count } places pour votre organisation.
}
error-seats-free-title = Il y a de la place
error-seats-free-body = Une place est libre : prenez-la.
error-offer-gone-title = L’offre n’est plus valable
error-offer-gone-body = Le délai pour confirmer est passé.
error-waiting-already-title = Déjà sur la liste
error-waiting-already-body = Votre organisation est déjà sur la liste d’attente.
error-not-a-member-title = Pas membre
error-not-a-member-body = Cette personne n’est pas membre de l’organisation.
error-all-seats-named-title = Toutes les places ont un nom
error-all-seats-named-body = Il ne reste pas de place sans nom dans cette réservation.
seminars-mail-offered-subject = Une place pour vous : { $title }
seminars-mail-offered-body = Bonjour { $name },

    { $count ->
        [one] Une place s’est libérée
       *[other] { $count } places se sont libérées
    } pour « { $title } ». Confirmez avant le { $until } ; après, elle ira à la personne suivante.
seminars-mail-offered-action = Confirmer

## Le programme

seminars-meetings = Dates
seminars-meeting = Date { $n }
seminars-meeting-about = Sujet de cette date
seminars-meetings-hint = Pour retirer une date, videz son début et sa fin.
seminars-to-calendar = Ajouter à mon agenda
seminars-one-to-calendar = Cette date dans mon agenda
seminars-agenda = Déroulé
seminars-trainers = Avec
seminars-materials = Documents
seminars-material = Document { $n }
seminars-material-phase = Pour quand ?
seminars-material-label = Nom
seminars-material-url = Adresse
seminars-materials-hint = « Avant » est montré à tout le monde ; « pendant » et « après » aux personnes inscrites.
seminars-phase-before = Avant
seminars-phase-during = Pendant
seminars-phase-after = Après
seminars-one-a-line = Une ligne chacun.
seminars-programme = Programme
seminars-programme-of = Programme : { $name }
seminars-programme-who = Qui, et comment ?
seminars-more-lines = Ajouter des lignes
seminars-duplicate = Refaire ailleurs
seminars-duplicate-of = Refaire : { $name }
seminars-duplicate-text = { $count ->
    [one] La date, le programme, les documents et la règle sont repris ; les inscriptions, non.
   *[other] Les { $count } dates se décalent ensemble. Le programme, les documents et la règle sont repris ; les inscriptions, non.
}
seminars-duplicate-waiting = { $count ->
    [one] Une personne attend une nouvelle date : elle sera prévenue.
   *[other] { $count } personnes attendent une nouvelle date : elles seront prévenues.
}
seminars-duplicate-starts = La première date commence
seminars-duplicate-do = Créer la rencontre
seminars-want = Me prévenir de la prochaine date
seminars-wanted = Nous vous écrirons dès qu’une autre date existe.
seminars-want-no-longer = Ne plus me prévenir
seminars-calendar = Mon calendrier
seminars-calendar-name = Halqa : mes rencontres
seminars-calendar-join = En ligne : { $link }
seminars-calendar-lead = Vos rencontres dans l’agenda de votre téléphone : toujours à jour, même quand une date change.
seminars-calendar-address = Votre adresse secrète
seminars-calendar-how = Dans votre agenda, choisissez « s’abonner » et collez cette adresse. Ne la donnez à personne : elle montre où vous serez.
seminars-calendar-open = Ouvrir le calendrier
seminars-calendar-renew = Changer d’adresse
seminars-calendar-renew-text = L’adresse actuelle ne montrera plus rien ; il faudra s’abonner à la nouvelle.
seminars-calendar-renew-do = Oui, changer d’adresse
flash-calendar-renewed = Voici votre nouvelle adresse.
flash-interest-kept = C’est noté : nous vous écrirons.
flash-interest-dropped = C’est noté : nous ne vous écrirons pas.
form-meeting-attended = Une date où quelqu’un était présent ne peut pas être retirée.
error-meeting-attended-title = Date déjà tenue
error-meeting-attended-body = Une date où quelqu’un était présent ne peut pas être retirée.
seminars-mail-again-subject = Une nouvelle date : { $title }
seminars-mail-again-body = Bonjour { $name },

    « { $title } » aura lieu de nouveau. Vous aviez demandé à le savoir.
seminars-mail-again-action = Voir la date
seminars-mail-reminder-subject = Bientôt : { $title }
seminars-mail-reminder-body = Bonjour { $name },

    Nous vous attendons pour « { $title } » : { $at }, { $place }.

    Si vous ne pouvez pas venir, rendez votre place : quelqu’un l’attend peut-être.
seminars-mail-reminder-action = Voir la rencontre
