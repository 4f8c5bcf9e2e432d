### Les règles d’un module : essais, résultat retenu, achèvement.

rules-title = Règles du module
rules-attempts = Recommencer
rules-max = Nombre d’essais au plus
rules-max-hint = Laissez vide pour ne pas limiter.
rules-new-attempt = Un nouvel essai est possible
rules-new-attempt-never = Jamais : un seul essai
rules-new-attempt-when-finished = Quand le précédent est terminé
rules-new-attempt-when-failed = Quand le précédent n’est pas réussi
rules-new-attempt-always = À tout moment
rules-opening = Quand on ouvre le module
rules-opening-resume = On reprend là où l’on était
rules-opening-new = Un nouvel essai commence, dès qu’il est permis
rules-result = Résultat retenu
rules-counts = L’essai qui compte
rules-counts-best = Le meilleur
rules-counts-first = Le premier
rules-counts-last = Le dernier qui est allé au bout
rules-counts-average = La moyenne : score moyen des essais menés au bout ; achèvement et réussite du meilleur
rules-completion = Achèvement
rules-silent = Choisissez ici ce qui termine ce module, sinon il restera « en cours » pour tout le monde.
rules-completes = Le module est terminé
rules-completes-package = Quand le module le signale lui-même
rules-completes-opened = Dès qu’il est ouvert
rules-completes-all-visited = Quand toutes ses activités ont été ouvertes
rules-completes-time = Après un temps passé (minutes ci-dessous)
rules-completes-score = À partir d’un score (ci-dessous)
rules-completes-staff = Quand l’équipe le décide, par une correction
rules-minutes = Minutes à y passer
rules-score = Score à atteindre, de 0 à 100
rules-existing = Un changement vaut aussi pour les personnes qui ont déjà commencé : leur résultat est recalculé, l’historique est gardé.
catalogue-report = Rapport
catalogue-rules = Règles du module
flash-rules-saved = Les règles sont enregistrées. Les résultats déjà obtenus sont recalculés.
error-attempt-only-one-title = Ce module se fait en un seul essai
error-attempt-only-one-body = Vous pouvez rouvrir votre essai et le revoir, mais pas en commencer un autre.
error-attempt-none-left-title = Vous avez utilisé tous vos essais
error-attempt-none-left-body = { $most ->
    [one] Ce module permet { $most } essai. Vous pouvez revoir le dernier ; pour aller plus loin, parlez-en à la personne qui anime le module.
   *[other] Ce module permet { $most } essais. Vous pouvez revoir le dernier ; pour aller plus loin, parlez-en à la personne qui anime le module.
}
error-attempt-not-finished-title = Votre essai n’est pas terminé
error-attempt-not-finished-body = Terminez-le d’abord : un nouvel essai sera possible ensuite.
error-attempt-not-failed-title = Pas besoin de recommencer
error-attempt-not-failed-body = Un nouvel essai n’est possible qu’après un essai non réussi.
error-attempt-over-title = Un essai plus récent a commencé
error-attempt-over-body = Celui-ci ne peut plus être ouvert. Ouvrez le module : vous reprendrez le dernier.
flash-attempt-over = Un essai plus récent a commencé : c’est lui que vous reprenez ici.
