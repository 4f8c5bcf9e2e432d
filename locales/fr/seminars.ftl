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
