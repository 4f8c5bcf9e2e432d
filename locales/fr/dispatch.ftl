### Dispatch : des modules dans d’autres plateformes

dispatch-title = Dans d’autres plateformes
dispatch-lead = Donnez à une autre plateforme un petit paquet qui ouvre ce module d’ici. Vous gardez la main : mises à jour, résultats, retrait.
dispatch-link = Dans d’autres plateformes
dispatch-list = Plateformes
dispatch-state-active = Ouvert
dispatch-state-revoked = Retiré
dispatch-state-expired = Terminé
dispatch-until = jusqu’au
dispatch-origins = S’ouvre depuis
dispatch-origins-none = L’adresse de la plateforme sera retenue à la première ouverture.
dispatch-seen = dernière ouverture
dispatch-hashed = identifiants masqués
dispatch-change = Modifier
dispatch-revoke = Retirer
dispatch-restore = Rouvrir
dispatch-new = Pour une nouvelle plateforme
dispatch-new-text = Moodle, 360Learning, Blackboard… : toute plateforme qui importe SCORM ou cmi5. Un paquet par plateforme.
dispatch-field-name = Plateforme
dispatch-field-name-hint = Par exemple : Moodle de l’université de Sfax.
dispatch-field-cap = Apprenants au plus
dispatch-field-until = Ouvert jusqu’au
dispatch-field-organisation = Organisation des apprenants
dispatch-field-origins = Adresses de la plateforme
dispatch-field-origins-hint = Une par ligne, par exemple https://moodle.exemple.tn. Vide : retenue à la première ouverture.
dispatch-hash = Masquer l’identifiant des apprenants dans leur navigateur
dispatch-names = Recevoir le nom des apprenants
dispatch-make = Préparer le paquet
dispatch-not = Ce module ne peut pas partir ainsi
flash-dispatch-made = Le paquet est prêt : téléchargez-le dans le format de la plateforme.
dispatch-client-wait = Le module s’ouvre…
dispatch-client-no-lms = Ce module s’ouvre depuis une plateforme de cours : importez le paquet, puis ouvrez-le là-bas.
dispatch-client-offline = Le module n’a pas pu s’ouvrir. Vérifiez votre connexion, puis réessayez.
dispatch-client-done = C’est enregistré. Vous pouvez quitter cette activité.
error-dispatch-format-title = Ce module ne peut pas partir ainsi
error-dispatch-format-body = Les outils d’autres sites ne s’ouvrent pas dans le cadre d’une autre plateforme.
error-dispatch-revoked-title = Ce module a été retiré
error-dispatch-revoked-body = Ce module n’est plus proposé sur cette plateforme.
error-dispatch-expired-title = Ce module n’est plus ouvert
error-dispatch-expired-body = La période d’ouverture de ce module est terminée.
error-dispatch-full-title = Toutes les places sont prises
error-dispatch-full-body = Le nombre d’apprenants prévu pour cette plateforme est atteint.
error-dispatch-origin-title = Cette adresse n’est pas prévue
error-dispatch-origin-body = Ce paquet a été préparé pour une autre plateforme. Demandez-en un pour celle-ci.
error-dispatch-learner-title = La plateforme ne dit pas qui vous êtes
error-dispatch-learner-body = La plateforme n’a pas transmis d’identifiant d’apprenant utilisable.
dispatch-learners = { $count ->
    [0] personne encore
    [one] { $count } personne
   *[other] { $count } personnes
}
dispatch-learners-of = { $count ->
    [one] { $count } personne sur { $most }
   *[other] { $count } personnes sur { $most }
}
dispatch-completed = { $count ->
    [one] { $count } a terminé
   *[other] { $count } ont terminé
}
