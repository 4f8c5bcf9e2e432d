### Rejouer une session ; la nouvelle version avant sa publication.

replay-title = Rejouer : { $learner }, { $module }
replay-heading = La session, pas à pas
replay-diagnosis = Ce qu’il faut savoir
replay-look = Voir
replay-step = Étape { $n } sur { $all }
replay-nav = Aller à une autre étape
replay-first = Début
replay-last = Fin
replay-next-move = Navigation suivante
replay-next-trouble = Problème suivant
replay-kind-open = Ouverture
replay-kind-call = Appel du contenu
replay-kind-navigation = Navigation
replay-kind-correction = Correction
replay-late = Gardé, sans effet
replay-otherwise = Réponse différente
replay-otherwise-text = Le moteur répond aujourd’hui :
replay-error = Erreur
replay-delivered = Activité ouverte :
replay-request = Le contenu demande :
replay-ended = La séance est terminée.
replay-changes = Ce que cette étape change
replay-unchanged = Rien.
replay-outcome = Résultat
replay-what = Quoi
replay-before = Avant
replay-after = Après
replay-more = … et { $n ->
    [one] { $n } caractère
   *[other] { $n } caractères
 } de plus
replay-trace = Pourquoi : les règles appliquées
replay-trace-text = Les processus de la norme dans l’ordre, avec ce qu’ils ont répondu.
replay-trace-done = fait
replay-journal = Le journal
replay-earlier = Plus tôt
replay-later = Plus tard
replay-empty-title = Rien à rejouer
replay-empty-text = Cette session n’a encore reçu aucune entrée.
replay-position = Où en est l’apprenant
replay-place-course = Le module
replay-place-activity = Activité
replay-place-objective = Objectif
replay-place-global = Objectif partagé
replay-place-store = Données partagées
replay-place-element = Données du contenu
replay-fact-current = Activité en cours
replay-fact-suspended = Suspendue
replay-fact-ended = Séance terminée
replay-fact-attempts = Tentatives
replay-fact-active = Active
replay-fact-completion = Terminée
replay-fact-satisfied = Réussie
replay-fact-measure = Mesure, de −1 à 1
replay-fact-progress = Avancement, de 0 à 1
replay-fact-raw = Points
replay-fact-min = Points au minimum
replay-fact-max = Points au maximum
replay-fact-store = Contenu
replay-fact-api = Liaison avec le contenu
replay-value-true = oui
replay-value-false = non
replay-value-notinitialized = pas commencée
replay-value-running = ouverte
replay-value-terminated = fermée
replay-note-nothing = Rien d’anormal.
replay-note-differs = Rejouée avec le moteur d’aujourd’hui, la session ne donne pas le résultat enregistré. Le résultat enregistré reste celui qui compte.
replay-note-otherwise = { $n ->
    [one] { $n } réponse du navigateur diffère de celle du moteur ; celle du moteur compte.
   *[other] { $n } réponses du navigateur diffèrent de celles du moteur ; celles du moteur comptent.
 }
replay-note-late = { $n ->
    [one] { $n } entrée est arrivée après une ouverture plus récente : elle est gardée, sans compter.
   *[other] { $n } entrées sont arrivées après une ouverture plus récente : elles sont gardées, sans compter.
 }
replay-note-unopened = Le lecteur n’a jamais été ouvert dans cette session.
replay-note-silent = Le contenu n’a jamais parlé à la plateforme : il n’a rien pu enregistrer.
replay-note-no-completion = Le contenu n’a jamais dit s’il est terminé ou réussi.
replay-note-errors = { $n ->
    [one] { $n } appel du contenu a été refusé avec ce code :
   *[other] { $n } appels du contenu ont été refusés avec ce code :
 }
replay-note-over-maximum = Une valeur dépasse ce que la norme garantit ({ $seen } au lieu de { $permitted }) : elle est gardée entière.
replay-note-unterminated = Le contenu n’a pas pris congé : l’onglet a sans doute été fermé. Rien n’est perdu pour autant.
replay-note-uncommitted = Le contenu n’a jamais demandé d’enregistrer. Ce qu’il a dit est gardé quand même.
replay-note-refused = { $n ->
    [one] { $n } navigation n’a mené nulle part.
   *[other] { $n } navigations n’ont mené nulle part.
 }
replay-note-corrected = { $n ->
    [one] { $n } correction par l’équipe.
   *[other] { $n } corrections par l’équipe.
 }
replay-exception-nb-2-1-1 = La séance a déjà commencé.
replay-exception-nb-2-1-2 = La séance n’a pas commencé.
replay-exception-nb-2-1-3 = Il n’y a rien à reprendre.
replay-exception-nb-2-1-4 = Ici, on n’avance pas avec les flèches : il faut choisir dans le sommaire.
replay-exception-nb-2-1-5 = Ici, on ne revient pas en arrière.
replay-exception-nb-2-1-6 = C’est déjà la première activité.
replay-exception-nb-2-1-8 = Cette activité doit être finie avant d’en choisir une autre.
replay-exception-nb-2-1-9 = Aucune activité n’est possible par là.
replay-exception-nb-2-1-10 = Cette activité ne se choisit pas dans le sommaire.
replay-exception-nb-2-1-11 = Cette activité n’existe pas dans le module.
replay-exception-nb-2-1-12 = L’activité en cours est déjà quittée.
replay-exception-tb-2-3-1 = La séance n’a pas commencé.
replay-exception-tb-2-3-2 = L’activité en cours est déjà quittée.
replay-exception-tb-2-3-3 = Il n’y a rien à reprendre.
replay-exception-tb-2-3-4 = Le module entier ne peut pas être quitté ainsi.
replay-exception-sb-2-1-2 = Aucune activité n’est possible par là.
replay-exception-sb-2-1-3 = C’est déjà la première activité.
replay-exception-sb-2-1-4 = Ici, on ne revient pas en arrière.
replay-exception-sb-2-2-1 = Ici, on n’avance pas avec les flèches : il faut choisir dans le sommaire.
replay-exception-sb-2-2-2 = Cette activité n’est pas disponible maintenant : une règle la ferme ou le nombre de tentatives est atteint.
replay-exception-sb-2-4-1 = Une règle arrête l’avancée ici.
replay-exception-sb-2-4-2 = Ici, on ne revient pas en arrière.
replay-exception-sb-2-4-3 = C’est déjà la première activité.
replay-exception-sb-2-5-1 = La séance a déjà commencé.
replay-exception-sb-2-6-1 = La séance a déjà commencé.
replay-exception-sb-2-6-2 = Il n’y a rien à reprendre.
replay-exception-sb-2-7-1 = La séance n’a pas commencé.
replay-exception-sb-2-7-2 = Ici, on n’avance pas avec les flèches : il faut choisir dans le sommaire.
replay-exception-sb-2-8-1 = La séance n’a pas commencé.
replay-exception-sb-2-8-2 = Ici, on n’avance pas avec les flèches : il faut choisir dans le sommaire.
replay-exception-sb-2-9-2 = Cette activité n’existe pas dans le module.
replay-exception-sb-2-9-3 = Une règle retire cette activité du choix.
replay-exception-sb-2-9-4 = Cette activité ne se choisit pas dans le sommaire.
replay-exception-sb-2-9-5 = Aucune activité n’est possible par là.
replay-exception-sb-2-9-6 = Cette partie ne s’ouvre pas par choix tant qu’elle n’est pas commencée.
replay-exception-sb-2-9-7 = Cette activité doit être finie avant d’en choisir une autre.
replay-exception-sb-2-9-8 = Le choix est limité aux activités voisines.
replay-exception-sb-2-9-9 = On n’entre dans cette partie que dans l’ordre.
replay-exception-sb-2-10-1 = La séance n’a pas commencé.
replay-exception-sb-2-10-2 = L’activité est encore ouverte.
replay-exception-sb-2-10-3 = Ici, on n’avance pas avec les flèches : il faut choisir dans le sommaire.
replay-exception-sb-2-11-1 = La séance n’a pas commencé.
replay-exception-sb-2-11-2 = L’activité est encore ouverte.
replay-exception-sb-2-13-1 = La séance n’a pas commencé.
replay-exception-db-1-1-1 = Il n’y a rien à ouvrir à cet endroit.
replay-exception-db-1-1-2 = Il n’y a rien à ouvrir à cet endroit.
replay-exception-db-1-1-3 = Cette activité n’est pas disponible maintenant : une règle la ferme ou le nombre de tentatives est atteint.
replay-exception-db-2-1 = L’activité est encore ouverte.
replay-exception-halqa-1 = Les règles de ce module demandent trop de calcul.
replay-exception-s12-1 = Aucune activité n’est ouverte.
replay-exception-s12-2 = Il n’y a rien à ouvrir à cet endroit.
replay-exception-s12-3 = Il faut d’abord terminer ce que cette activité demande.
replay-exception-s12-4 = Il n’y a pas d’autre activité de ce côté.
replay-exception-s12-5 = Cette demande n’existe pas en SCORM 1.2.
replay-exception-other = Le processus { $process } n’a pas accepté cette demande.
replay-process-nb-2-1 = La demande est-elle permise ?
replay-process-tb-2-1 = Règles de sortie
replay-process-tb-2-2 = Règles après l’activité
replay-process-tb-2-3 = Quitter l’activité
replay-process-rb-1-1 = Cumul des mesures
replay-process-rb-1-2 = Cumul de la réussite
replay-process-rb-1-3 = Cumul de l’achèvement
replay-process-rb-1-4 = Une règle de cumul
replay-process-rb-1-5 = Cumul des résultats
replay-process-sr-1 = Choix des activités proposées
replay-process-sr-2 = Ordre des activités au hasard
replay-process-sb-2-3 = Chercher l’activité suivante
replay-process-sb-2-5 = Commencer
replay-process-sb-2-6 = Reprendre
replay-process-sb-2-7 = Continuer
replay-process-sb-2-8 = Revenir
replay-process-sb-2-9 = Choisir
replay-process-sb-2-10 = Recommencer
replay-process-sb-2-11 = Sortir
replay-process-sb-2-13 = Sauter
replay-process-db-1-1 = L’activité peut-elle s’ouvrir ?
replay-process-db-2 = Ouvrir l’activité
replay-process-up-2 = Une règle s’applique-t-elle ?
replay-process-up-4 = Finir la tentative
replay-process-up-5 = L’activité est-elle fermée ?
replay-next-title = Nouvelle version : { $module }
replay-next-waits = Une nouvelle version attend d’être publiée.
replay-next-look = Voir ce qu’elle change
replay-next-badge = Pas encore publiée
replay-next-promise = Les apprenants en cours finissent sur la version qu’ils ont commencée. Les nouveaux essais prennent la nouvelle.
replay-next-publish = Publier cette version
replay-next-discard = Renoncer
replay-next-heading = Si on y rejouait ce qui est en cours
replay-next-text = { $n ->
    [one] Le travail de { $n } essai en cours a été rejoué, geste par geste, sur la nouvelle version. Rien n’est modifié.
   *[other] Le travail de { $n } essais en cours a été rejoué, geste par geste, sur la nouvelle version. Rien n’est modifié.
 }
replay-next-format = La nouvelle version suit une autre norme : ce que l’ancienne a enregistré ne lui dit rien.
replay-next-units = Les modules cmi5 et xAPI ne se rejouent pas : ce que les personnes y ont fait est consigné par leur contenu, et une autre version n’y comprendrait rien. Personne n’y perd : chacun termine la version qu’il a commencée.
replay-next-unplayable = Cette version ne peut pas être rejouée.
replay-next-worse = { $n ->
    [one] { $n } apprenant y perdrait quelque chose.
   *[other] { $n } apprenants y perdraient quelque chose.
 }
replay-next-same = { $n ->
    [one] Pour { $n } autre, rien ne changerait.
   *[other] Pour { $n } autres, rien ne changerait.
 }
replay-next-loses = perd
replay-next-now = Aujourd’hui
replay-next-then = Sur la nouvelle version
replay-next-nothing = Personne ne perdrait rien : chacun garderait son avancement, son score et sa place.
replay-next-some = Les { $n } essais les plus récents sur { $all } ont été rejoués ; la commande halqa replay les rejoue tous.
flash-candidate-discarded = La nouvelle version est abandonnée.
error-candidate-changed-title = Une autre version a été envoyée entre-temps
error-candidate-changed-body = Regardez ce qu’elle change, puis publiez-la.
