### Le registre des apprentissages (xAPI)

admin-door-xapi = Registre xAPI
admin-door-xapi-text = Les outils qui déposent des traces d’apprentissage.
lrs-credentials = Registre des apprentissages
lrs-lead = Les outils qui parlent xAPI déposent et lisent ici des traces d’apprentissage. Chacun a ses propres identifiants.
lrs-endpoint = Adresse à donner à l’outil
lrs-once = Notez ce mot de passe maintenant : il ne sera plus jamais affiché.
lrs-user = Utilisateur
lrs-password = Mot de passe
lrs-clients = Outils autorisés
lrs-platform = Toute la plateforme
lrs-add-title = Autoriser un outil
lrs-name = Nom de l’outil
lrs-name-hint = Par exemple « Quiz de l’atelier plaidoyer ».
lrs-scopes = Ce qu’il peut faire
lrs-version = Édition par défaut
lrs-version-hint = L’édition annoncée à un outil qui n’en nomme aucune.
lrs-add = Créer les identifiants
lrs-scope-all = tout, y compris annuler des traces
lrs-scope-all-read = tout lire
lrs-scope-statements-write = déposer des traces
lrs-scope-statements-read = lire toutes les traces
lrs-scope-statements-read-mine = lire ses propres traces
lrs-scope-state = garder l’état des activités
lrs-scope-profile = gérer les profils
lrs-scope-define = décrire les activités pour tous

error-xapi-invalid-title = Cette requête ne suit pas la norme xAPI
error-xapi-invalid-body = La règle « { $rule } » n’est pas respectée ici : { $where }.
error-xapi-version-title = Version xAPI absente ou inconnue
error-xapi-version-body = L’en-tête X-Experience-API-Version doit valoir 1.0.x ou 2.0.x.
error-xapi-more-title = Ce lien vers la suite n’est plus valable
error-xapi-more-body = Refaites la recherche : un lien vers la suite vaut vingt-quatre heures, pour l’outil qui l’a reçu.
error-xapi-alternate-title = Requête de remplacement mal formée
error-xapi-alternate-body = La syntaxe de remplacement n’existe qu’en 1.0.3 : une requête POST, le seul paramètre « method », tout le reste dans le formulaire.
error-xapi-conflict-title = Cet identifiant désigne déjà autre chose
error-xapi-conflict-body = Une trace différente porte déjà l’identifiant { $id }. Rien n’a été enregistré.
error-xapi-race-title = Deux écritures en même temps
error-xapi-race-body = Ce document vient d’être créé par une autre requête. Recommencez.
error-xapi-unseen-title = Ce document existe déjà
error-xapi-unseen-body = Relisez-le, puis renvoyez votre version avec l’en-tête If-Match (son ETag) ou If-None-Match.
error-xapi-precondition-title = Ce document a changé entre-temps
error-xapi-precondition-body = Relisez-le, puis renvoyez votre version avec son nouvel ETag.
error-xapi-scope-title = Ces identifiants ne donnent pas ce droit
error-xapi-scope-body = Demandez à un administrateur des identifiants qui le permettent.
error-cmi5-rule-title = Cette étape ne suit pas la norme cmi5
error-cmi5-rule-body = Exigence non respectée : { $requirement }. Rien n’a été enregistré.

lrs-tab-clients = Outils
lrs-tab-statements = Traces
lrs-tab-forwarding = Transferts
lrs-statements = Traces d’apprentissage
lrs-statements-lead = Qui a fait quoi, et quand : tout ce que les modules et les outils ont déposé ici.
lrs-statement = Une trace
lrs-found = Traces
lrs-none = Aucune trace
lrs-none-text = Rien ne correspond à cette recherche. Élargissez-la, ou revenez plus tard.
lrs-reload = Actualiser
lrs-live-on = Les nouvelles traces apparaissent toutes seules.
lrs-live-new = Nouvelles traces :
lrs-f-agent = Personne
lrs-f-agent-hint = Adresse e-mail, identifiant, ou compte (adresse du site, espace, nom).
lrs-f-verb = Verbe
lrs-f-activity = Activité
lrs-f-activity-hint = Le nom court d’un module, ou une adresse entière.
lrs-f-registration = Inscription (registration)
lrs-f-since = Déposées après
lrs-f-until = Déposées jusqu’à
lrs-f-client = Outil
lrs-f-organisation = Organisation
lrs-f-voided = Traces annulées
lrs-f-statement = Identifiant de la trace
lrs-f-related = Chercher aussi dans le contexte (personnes et activités liées)
lrs-f-more = Plus de critères
lrs-f-clear = Tout effacer
lrs-any-verb = Tous les verbes
lrs-any-client = Tous les outils
lrs-any-organisation = Toutes les organisations
lrs-voided-with = les montrer aussi
lrs-voided-without = les cacher
lrs-voided-only = elles seules
lrs-voided = Annulée
lrs-voiding = Annule une autre trace
lrs-voided-text = Cette trace a été annulée : les outils ne la reçoivent plus, mais elle reste ici.
lrs-response = Réponse
lrs-object = Objet
lrs-stored = Déposée
lrs-edition = Édition
lrs-target = La trace dont elle parle
lrs-about = Les traces qui parlent d’elle
lrs-attachments = Pièces jointes
lrs-attachments-count = { $count ->
    [one] { $count } pièce jointe
   *[other] { $count } pièces jointes
}
lrs-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
lrs-as-received = Telle qu’elle est gardée
lrs-a-statement = une autre trace
lrs-files = Emporter ces traces
lrs-files-text = Toutes celles de cette recherche, de la plus ancienne à la plus récente. La dernière ligne du fichier dit combien il y en a : sans elle, le fichier est incomplet.
lrs-saved = Recherches gardées
lrs-saved-manage = Gérer les recherches gardées
lrs-keep = Garder cette recherche
lrs-keep-text = Elle sera à un clic d’ici, et peut servir de filtre à un transfert. Limitée à une organisation, elle lui appartient.
lrs-keep-name = Nom de la recherche
lrs-keep-action = Garder
lrs-forget = Oublier
lrs-forwarding = Transferts vers d’autres registres
lrs-forwarding-lead = Chaque trace déposée ici part aussi vers ces registres, dans l’ordre et une seule fois.
lrs-targets = Registres destinataires
lrs-targets-none = Aucun transfert
lrs-targets-none-text = Les traces restent ici. Ajoutez un registre pour qu’il les reçoive aussi.
lrs-target-all = Toutes les traces
lrs-target-delivered = { $count ->
    [one] { $count } trace transmise
   *[other] { $count } traces transmises
}
lrs-target-refused = { $count ->
    [one] { $count } trace refusée
   *[other] { $count } traces refusées
}
lrs-target-lag = { $more ->
    [yes] plus de { $count } en attente
   *[no] { $count ->
        [one] { $count } en attente
       *[other] { $count } en attente
    }
}
lrs-target-current = À jour
lrs-target-off = Arrêté
lrs-target-error = Dernier essai :
lrs-trouble-address = cette adresse n’est pas de celles que Halqa appelle
lrs-trouble-silent = personne ne répond à cette adresse
lrs-trouble-answer = la réponse est trop longue ou coupée
lrs-target-switch-off = Arrêter
lrs-target-switch-on = Démarrer
lrs-target-remove = Supprimer
lrs-target-add = Ajouter un registre
lrs-target-name = Nom du registre
lrs-target-url = Adresse
lrs-target-url-hint = Celle que l’autre registre donne à ses outils, sans « statements ».
lrs-target-version = Édition parlée
lrs-target-query = Quelles traces
lrs-target-query-hint = Une recherche gardée peut servir de filtre.
lrs-target-from = À partir de quand
lrs-target-from-now = de maintenant
lrs-target-from-start = du début : tout ce qui est déjà là
lrs-target-add-action = Ajouter ce registre
lrs-verb-initialized = a ouvert
lrs-verb-launched = a lancé
lrs-verb-attempted = a essayé
lrs-verb-experienced = a parcouru
lrs-verb-progressed = a avancé dans
lrs-verb-answered = a répondu à la question
lrs-verb-responded = a répondu à
lrs-verb-asked = a demandé
lrs-verb-attended = a participé à
lrs-verb-registered = a pris une place à
lrs-verb-commented = a commenté
lrs-verb-shared = a partagé
lrs-verb-interacted = a utilisé
lrs-verb-mastered = maîtrise
lrs-verb-completed = a terminé
lrs-verb-passed = a réussi
lrs-verb-failed = n’a pas réussi
lrs-verb-scored = a obtenu une note à
lrs-verb-suspended = a mis en pause
lrs-verb-resumed = a repris
lrs-verb-terminated = a quitté
lrs-verb-exited = est sorti de
lrs-verb-voided = a annulé
lrs-verb-satisfied = a rempli les conditions de
lrs-verb-waived = est dispensé de
lrs-verb-abandoned = a laissé sans finir
lrs-verb-accepted = a accepté une réponse à
lrs-verb-replied = a répondu à
lrs-verb-unregistered = a rendu sa place à
lrs-verb-viewed = a regardé
lrs-verb-created = a créé
flash-query-kept = La recherche est gardée.
flash-query-forgotten = La recherche est oubliée.
flash-target-added = Le registre est ajouté : les traces partent dès maintenant.
flash-target-retried = Un nouvel essai est lancé.
form-iri = Écrivez une adresse entière, par exemple https://exemple.org/activite.
form-uuid = Ce n’est pas un identifiant : 32 chiffres et lettres, en cinq groupes.
form-agent = Écrivez une adresse e-mail, un identifiant ou un compte.
form-statement-unknown = Aucune trace n’a cet identifiant.
error-lrs-query-title = Cette recherche n’a pas de sens
error-lrs-query-body = Revenez à la liste et corrigez ce qui y est signalé.
error-query-used-title = Cette recherche sert de filtre
error-query-used-body = Un transfert l’utilise. Changez ou supprimez d’abord ce transfert.
