# Messages en français. Une clé par message ; mêmes clés dans les trois fichiers.

## Frame
skip = Aller au contenu
nav-label = Pages
nav-today = Aujourd’hui
nav-dossiers = Dossiers
nav-ledger = Obligations
ledger-title = Registre des obligations
nav-partners = Partenaires
nav-import = Importer
import-heading = Importer une déclaration
nav-tour = Visite guidée
tour-at = Visite, étape { $x } sur { $y } :
tour-next = Ensuite : { $x }
tour-end = Finir la visite
tour-dossier = Voir le dossier
search = Rechercher
search-hint = Chercher, ou MA-12 ( / )
search-entries = Écritures trouvées
search-numbered = Obligations de ce numéro
sign-out = Quitter
digits = Chiffres 123 ou ١٢٣
foot-clock = Horloge du nœud :
foot-printed = Imprimé par
live-news = Du nouveau est arrivé : recharger la page
demo-fictional = Démonstration : tout est fictif.
demo-unendorsed = Aucun gouvernement ne l’a approuvée.
refolding = Les délais d’un lien sont recalculés après une suspension : totaux et ordre des listes peuvent retarder un instant ; chaque obligation affichée est exacte.
demo-clock = Horloge :
demo-link-cut = lien coupé
demo-ahead = horloge avancée de { $x }
demo-other-side = Voir l’autre côté
yes = oui
no = non
nothing = Rien pour l’instant.
no-content = Ce que votre rôle laisse voir
no-content-administrator = Vous faites fonctionner ce nœud : liens, cartes des partenaires, courrier. Les dossiers, les obligations et leur contenu ne vous sont pas ouverts : rien ici ne dit s’il reste quelque chose à répondre.
no-content-inspector = Vous contrôlez ce nœud : liens, registres et preuves d’écart. Les dossiers, les obligations et leur contenu ne vous sont pas ouverts : rien ici ne dit s’il reste quelque chose à répondre.
empty-owe = Nous ne devons rien : il a été répondu à tout.
empty-owed = Rien ne nous est dû.
empty-news = Rien d’autre de nouveau.
empty-ledger = Aucune obligation ne convient à ces filtres.
empty-dossiers = Aucun dossier ne convient : élargissez la recherche, ou ouvrez-en un.
empty-partners = Aucun partenaire encore : l’administrateur en épingle un avec « entente link add ».
more = Autres actions
change = modifier
cancel = Annuler
confirm = Confirmer en un clic
dismiss = Pas un engagement
confirm-form = Relire et confirmer
confirm-why = Voici ce que la machine a lu. Corrigez au besoin : la confirmation oblige chaque partie qui s’engage envers l’autre.
send = Envoyer
pages = Pages de la liste
page-of = page { $x } sur { $y }
shown-of = { $x } affichés sur { $y }
page-before = Page précédente
page-after = Page suivante
size-bytes = { $x } octets
size-kib = { $x } Kio
size-mib = { $x } Mio
size-gib = { $x } Gio
percent = { $n } %

## Time
city-rabat = Rabat
city-paris = Paris
city-madrid = Madrid
month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juil.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
weekday-date = { $x } { $y }
off-holiday = { $x }, jour férié : { $y }
off-rest = { $x }, jour de repos
day-end = { $x }, fin de journée (UTC)
span-minutes = { $n ->
    [0] moins d’une minute
    [one] { $n } minute
   *[other] { $n } minutes
    }
span-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
    }
span-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
    }
span-months = { $n ->
   *[other] { $n } mois
    }
due-in = dans { $x }
due-late = en retard de { $x }
due-none = sans échéance
due-stopped = délai suspendu
due-creditor = attend le demandeur
due-not-started = attend la réception
due-not-received = non reçue
due-met = terminée à temps
due-missed = terminée en retard
due-ended = terminée

## Sign in
sign-in = Se connecter
sign-in-id = Identifiant
sign-in-password = Mot de passe
sign-in-wrong = L’identifiant et le mot de passe ne vont pas ensemble.
wait-seconds = { $n ->
    [one] Trop d’essais faux de suite : réessayez dans une seconde.
   *[other] Trop d’essais faux de suite : réessayez dans { $n } secondes.
    }
wait-minutes = { $n ->
    [one] Trop d’essais faux de suite : réessayez dans une minute.
   *[other] Trop d’essais faux de suite : réessayez dans { $n } minutes.
    }
sign-in-personas = Se connecter en tant que
sign-in-fictional = Personnes inventées pour la démonstration : un clic suffit.

## My account
account = Mon compte
code = Code à usage unique
code-title = Second facteur
code-or-recovery = Le code de six chiffres que montre votre application, ou un code de secours.
code-begin-again = Recommencer avec le mot de passe
code-late = Trop de temps a passé depuis le mot de passe : recommencez.
factor = Second facteur
factor-first = Ce nœud demande un second facteur à chacun : prenez-en un ici, rien d’autre n’est ouvert avant.
factor-none = Aucun : le mot de passe seul ouvre ce compte.
factor-since = Une application d’authentification, depuis
factor-why = Une application de votre téléphone montre un code qui change toutes les trente secondes et qui vous est demandé après le mot de passe : qui apprend votre mot de passe n’entre pas pour autant.
factor-no-password = Ce compte n’a pas de mot de passe auquel un second facteur s’ajouterait.
factor-take = Prendre un second facteur
factor-replace = Changer d’application
factor-remove = Retirer le second facteur
factor-scan = Scannez cette image avec l’application d’authentification de votre téléphone.
factor-picture = Image à scanner : elle contient le secret écrit au-dessous
factor-open = L’ouvrir dans une application de cet appareil
factor-type = Ou tapez ce secret dans l’application :
factor-until = Proposé jusqu’à
factor-first-code = Le code que l’application montre alors
factor-confirm = Confirmer
recovery = Codes de secours
recovery-why = Chacun ouvre une fois votre compte à la place d’un code de l’application, le jour où elle est perdue. Gardez-les loin du téléphone et du mot de passe.
recovery-once = Ils ne seront plus montrés. Ceux d’avant ne valent plus.
recovery-renew = Demander de nouveaux codes de secours
recovery-left = { $n ->
    [0] aucun code de secours ne reste
    [one] il reste un code de secours
   *[other] il reste { $n } codes de secours
    }
passkeys = Clés d’accès
passkey-why = Une clé d’accès est gardée dans un téléphone, un ordinateur ou une clé de sécurité, qui vous reconnaît : elle remplace le mot de passe et le second facteur, et aucun site contrefait ne peut la prendre.
passkey-label = Nom de cette clé, tel que « téléphone de service »
passkey-add = Ajouter une clé d’accès
passkey-remove = Retirer cette clé d’accès
passkey-prove = Confirmer par une clé d’accès que c’est moi
passkey-prove-why = Vous n’avez pas de mot de passe ici : avant tout changement de votre compte, confirmez par une clé d’accès que c’est vous. Cela vaut pour un changement, dans les cinq minutes.
passkey-prove-first = Confirmez d’abord par une clé d’accès que c’est vous.
passkey-sign-in = Se connecter avec une clé d’accès
passkey-asking = Suivez ce que votre navigateur vous demande.
passkey-failed = Aucune clé d’accès n’a répondu, ou ce navigateur n’en a pas.
passkey-back = Revenir
provider-sign-in = Se connecter avec { $x }
provider-accept = Accepter l’invitation avec { $x }
provider-accept-how = Ou sans mot de passe ici : connectez-vous à { $x }, et ce compte-là ouvrira désormais le vôtre.
provider-why = Votre compte chez ce fournisseur peut ouvrir votre compte ici. Il est reconnu à l’identifiant que le fournisseur lui donne, jamais à une adresse électronique, et n’ouvre celui de personne d’autre.
provider-bind = Lier mon compte { $x }
provider-cut = Délier ce compte
provider-cut-officer = Délier le compte chez le fournisseur
provider-off = La connexion par { $x } est coupée à ce nœud pour le moment. Les autres entrées restent ouvertes ; l’exploitant du nœud sait pourquoi.
provider-prove = Me reconnecter chez { $x }
provider-prove-why = Vous n’avez pas de mot de passe ici : avant tout changement de votre compte, vous vous reconnectez chez le fournisseur. Cela vaut pour un changement, dans les cinq minutes.
provider-prove-first = Reconnectez-vous d’abord chez le fournisseur.
provider-proved = C’est confirmé : cela vaut pour un changement.
provider-proved-until = Confirmé ; valable jusqu’à
provider-account = Compte chez le fournisseur
provider-away = Vers { $x }
provider-away-how = Vous vous connectez là-bas, puis revenez ici. Ce que vous y tapez, ce nœud ne le voit jamais.
provider-on = Continuer
factor-none-provider = Aucun ici : le compte chez le fournisseur ouvre seul celui-ci.
factor-none-passkey = Aucun ici : les clés d’accès ouvrent seules ce compte.
password-set = Choisir un mot de passe
provider-farewell = Déconnecté ici ; vers { $x }
provider-farewell-how = Votre session ici est terminée. Il est demandé au fournisseur de terminer aussi la sienne.
password-change = Changer le mot de passe
password-now = Mot de passe actuel
password-new = Nouveau mot de passe
password-ends = Vos autres sessions finissent alors.
sessions = Sessions
session-since = depuis
session-seen = utilisée pour la dernière fois
session-this = celle-ci
session-end = Finir cette session
session-end-others = Finir toutes les autres sessions

## Officers
officers = Agents
officer = Agent
officer-name = Nom
officer-name-how = Montré dans ce nœud seulement. Une fonction en trois langues s’écrit « français | العربية | English ».
officer-services = Services
officer-services-how = De la forme nœud/service, séparés par une espace ; le premier est le service habituel.
officer-roles = Rôles
officer-language = Langue
officer-inactive = désactivé
officer-active = Peut entrer
officer-yes = oui
officer-no = non
officer-standing = Ce que ce compte peut
officer-change = Enregistrer ces changements
officer-access = Accès
officer-invite = Inviter un agent
officer-invite-how = La personne reçoit de vous un lien qui vaut 72 heures et une fois ; elle choisit elle-même son mot de passe. Vous ne l’apprenez jamais.
officer-invite-again = Donner un nouveau lien
officer-end-sessions = Finir toutes ses sessions
officer-deactivate = Désactiver
officer-reactivate = Réactiver
officer-deactivate-means = Qui est désactivé n’entre plus, à l’instant même ; ce qui a été écrit reste.
officer-oneself = Personne ne change ses propres rôles, services ou accès : un autre administrateur le fait. Le reste est ici :
officer-back = Retour à l’agent
absence = En mon absence
absence-why = Un collègue peut agir pour vous pendant quelques jours. Il se connecte sous son propre nom, et tout ce qu’il fait est enregistré sous ce nom, en votre absence.
absence-nobody = Personne dans ce nœud ne pourrait agir pour ce compte.
absence-appoint = Désigner un collègue
absence-colleague = Collègue
absence-from = Premier jour
absence-until = Dernier jour
absence-since = du
absence-to = jusqu’au
absence-end = Mettre fin
absence-for-others = Je peux agir pour
absence-you-may = Vous pouvez agir en l’absence de
act-for = Agir pour cette personne
acts-for = Vous agissez en l’absence de
act-for-stop = Agir de nouveau pour moi-même
invitation = Lien d’invitation
invitation-give = Remettez ce lien, par une voie sûre, à la personne qui entrera sous l’identifiant
invitation-once = Il n’est montré qu’ici, vaut 72 heures et une fois. Qui le détient choisit le mot de passe.
invitation-until = Invitation valable jusqu’à
reset = Téléphone ou mot de passe perdu
reset-how = Deux administrateurs le rétablissent : l’un le demande, un autre le confirme. Mot de passe, second facteur et sessions disparaissent alors, et un nouveau lien d’invitation est donné.
reset-ask = Demander le rétablissement
reset-asked-by = Demandé par
reset-until = à confirmer avant
reset-other = Un autre administrateur doit le confirmer.
reset-confirm = Confirmer le rétablissement
reset-withdraw = Retirer la demande
reset-waits = rétablissement à confirmer
welcome = Bienvenue
welcome-how = Choisissez votre mot de passe. Personne d’autre ne le connaît. Ce lien ne sert qu’une fois.
welcome-set = Choisir ce mot de passe et entrer
password-again = Le même encore une fois
password-differs = Les deux mots de passe diffèrent.

## Today
today-we-owe = Ce que nous devons
today-owed = Ce qui nous est dû
today-not-received = Demandes que personne n’a reçues
today-not-received-why = Écrites ici, sans récépissé du partenaire au-delà du délai de transmission. Voyez le lien, ou passez par le courrier.
today-nearby = Prévu tout près de vos actions
today-nearby-why = Une autre action est prévue non loin de là, vers le même moment. La ligne disparaît quand vous avez ouvert le plan, et revient si autre chose s’en approche.
today-nearby-typed = lieu et heure comparés
today-waits = En attente d’une écriture que ce nœud n’a pas
today-waits-why = Ce qui figure ici n’a pas encore d’effet, et rien ne le suit. Le plus souvent, l’écriture manquante arrive d’elle-même : voyez si un lien est coupé. Si elle est perdue partout où elle était, elle n’arrivera jamais : l’auteur de ce qui attend l’écrit de nouveau.
today-waits-more = { $n ->
    [one] Et { $n } autre, qui attend depuis moins longtemps.
   *[other] Et { $n } autres, qui attendent depuis moins longtemps.
    }
today-waits-uncounted = Il manque ici plus d’écritures qu’il n’en a été parcouru : il peut y en avoir d’autres que vous voyez.
today-waits-unknown = un dossier qui n’est pas encore connu ici
today-waits-for = attend
today-meeting = Pour la prochaine rencontre
today-news = Du nouveau
today-news-more = Tout ce qui est nouveau, dans les dossiers
today-news-since = Arrivé de l’autre côté depuis le
today-news-seen = Marquer comme vu
today-links = Liens
more-than = plus de { $x }
today-all = tous
today-more = { $n ->
    [one] et { $n } autre
   *[other] et { $n } autres
    }
news-count = { $n ->
    [one] { $n } nouvelle écriture
   *[other] { $n } nouvelles écritures
    }
overdue-count = { $n ->
    [one] dont { $n } en retard
   *[other] dont { $n } en retard
    }

## Obligations
ob-asks = demande à
ob-extended = nouvelle date
ob-contested = contesté : { $x }
ob-receipt-doubtful = heure de réception invraisemblable :
ob-receipt-arrived = le récépissé nous est parvenu le
ob-receipt-proposed = heure de réception proposée par { $x } :
ob-receipt-agreed = heure de réception convenue :
ob-withheld = raison non communiquée
ob-ended = terminée le
ob-joined = { $n ->
    [one] couvre { $n } contribution de plus
   *[other] couvre { $n } contributions de plus
    }
turn-ours = à notre tour
turn-of = au tour de { $x }
turn-nobody = au tour de personne
chase-liaison = signalée à l’officier de liaison
chase-coordinator = signalée au coordonnateur
chase-meeting = inscrite à la prochaine rencontre

## Entries
side-ours = nous
side-theirs = partenaire
legend-ours = nous, trait plein au début
legend-theirs = le partenaire, double trait à la fin
own-only = pour notre nœud seulement
verdict-irregular = Sans effet :
verdict-kept = L’écriture est conservée ; les deux côtés en voient la raison.
verdict-not-evaluated = Écrite par une version plus récente : conservée, pas encore évaluée.
verdict-waiting = Attend des écritures antérieures pour être évaluée.
act-opens = ouvre le dossier avec
act-configures = le dossier passe à : { $x } ; participants :
act-leaves = quitte le dossier :
act-proposes = propose les termes, version { $n }
act-signs = signe les termes proposés
act-enacts = met les termes en vigueur
act-suspends = suspend la coopération
act-resumes = reprend la coopération
suspend-do = Suspendre la coopération
resume-do = Reprendre la coopération
act-asks = demande
act-promises = promet
act-by = avant le
act-erases = efface le contenu de
act-erases-file = efface le fichier { $n } de
act-continues = poursuit le dossier
on-acknowledge = accuse réception de
on-progress = travaille à
on-await = attend une autorisation pour
on-extend = donne une nouvelle date pour
on-pause = demande des précisions sur
on-resume = donne des précisions sur
on-answer = répond à
on-refuse = refuse
on-waive = renonce à
on-withdraw = retire
on-contest = conteste
on-hand-over = transmet
on-accept = convient que c’est accompli :
on-join = s’ajoute à
on-propose-time = propose une heure de réception pour
on-agree-time = accepte l’heure de réception proposée pour
on-partial = en partie
translation = Traduction
translation-of = L’original, seul authentique
entry-concerned = Écriture concernée
translation-read = Lire la traduction
translation-human = par une personne
translation-machine = par une machine :
translation-uncertain = origine incertaine
translation-original = seul l’original fait foi
translation-stays = Cette traduction reste dans notre nœud : l’original ne va pas plus loin, ou son auteur interdit de le transmettre (H2).
translate = Traduire
body-unreadable = Contenu illisible par cette version ; il est conservé tel quel.
body-erased = Contenu effacé, avec preuve. L’écriture reste au registre.
body-owed = Contenu dû par l’expéditeur : il ne l’a pas encore fourni.
file-withheld = un fichier qui n’est pas ouvert à votre rôle
proof-withheld = La preuve de cette écriture n’est pas ouverte à votre rôle, ou les conditions de son auteur la retiennent.
body-withheld = Le contenu est ici, mais n’est pas ouvert à votre rôle.
file-erased = fichier { $n } effacé
file-erase = Effacer { $x }
file-above = dépasse la limite de la charte ({ $x }) : n’est pas repris par { $y } tant qu’elle n’est pas relevée
file-failed = ne correspond pas à son empreinte
file-wanted = en route, { $n } %
ladder = Preuves de transmission
ladder-accepted = acceptée ici
ladder-received = reçue par { $x }
ladder-not-received = pas encore reçue par { $x }
ladder-answered = répondue

## Finding dossiers
filter = Filtrer
filter-kind = Type
filter-phase = Phase
filter-partner = Partenaire
filter-side = Sens
filter-state = État
filter-overdue = en retard seulement
dossiers-found = { $n ->
    [one] { $n } dossier
   *[other] { $n } dossiers
    }
col-number = N°
col-title = Objet
col-with = Avec
col-open = Ouvertes
col-updated = Dernière écriture
col-ask = Demande

## A dossier
dossier-purpose = Finalité
dossier-ceiling = Plafond
dossier-participants = Participants
dossier-convenor = Partie invitante
title-gone = (objet effacé ou non reçu)
dossier-continues = Poursuit
dossier-continued-by = Poursuivi par
dossier-widen = Faire entrer un autre État
dossier-opened = Ouvert le
dossier-updated = Dernière écriture
dossier-all-received = Le partenaire détient toutes nos écritures de ce dossier.
dossier-unreceipted = { $n ->
    [one] { $n } de nos écritures n’est pas encore reçue
   *[other] { $n } de nos écritures ne sont pas encore reçues
    }
dossier-given = Ce que nous avons donné, et ce qu’il en est advenu
dossier-got = Ce que nous avons reçu, sans retour encore
dossier-obligations = Obligations
dossier-ended = { $n ->
    [one] Une est terminée
   *[other] { $n } sont terminées
}
dossier-entries = Écritures
dossier-note = Écrire une note
given-no-feedback = aucun retour demandé
give-feedback = Faire le retour d’informations
note-needs-answer = j’attends une réponse
note-with-files = avec des fichiers ou des options

## Forms
form-send = Enregistrer et envoyer
form-record = Enregistrer
form-more = Autres champs
form-required = à remplir
form-files = Fichiers
form-files-limit = { $x } au plus en un envoi, { $y } par fichier ; à choisir de nouveau si le formulaire revient
sending = Envoi des fichiers
sending-kept = Fichiers reçus, inscription en cours
sending-stop = Arrêter l’envoi
sending-stopped = Envoi arrêté : rien n’a été inscrit, et ce que vous avez saisi est resté.
sending-broken = L’envoi n’a pas abouti. Ce que vous avez saisi est resté ; avant de renvoyer, voyez au dossier si l’écriture y est.
sending-large = Rien n’a été envoyé : ensemble, ces fichiers dépassent { $x }. Envoyez-en une partie avec une seconde écriture.
sending-large-each = Rien n’a été envoyé : un de ces fichiers dépasse { $x }.
form-lang = langue du texte
form-towards = envers
form-continues = poursuit
form-continues-means = Cochez les services de l’État que vous faites entrer. Tous les participants sont de nouveau invités ; rien du dossier antérieur ne passe automatiquement : chacun y montre ce qu’il a écrit lui-même.
form-others-words = Un autre État a écrit l’ouverture de ce dossier : dites le sujet et le but avec vos propres mots.
form-asked-of = Si vous attendez une réponse, de qui
form-asked-of-all = de chaque État qui participe
form-beside = Ce à quoi vous répondez
open-towards = Envers quel partenaire ?
feedback-outcome = Ce qu’il en est advenu
feedback-no-use = Sans usage, parce que
feedback-one-click = Un clic enregistre la raison.
release-with = Enregistré avec :
release-by = décidé par
release-necessity = Nécessité
release-basis = Base juridique
release-own-only = pour notre nœud seulement : ne part jamais
stale-news = Lisez ce qui est arrivé, puis enregistrez de nouveau si cela tient toujours. Votre texte est gardé.
typed-kept = Voici ce que vous aviez écrit, pour ne pas le perdre :

## Charter
charter-in-force = Termes en vigueur
charter-none = Aucune charte n’est en vigueur.
charter-proposed = Termes proposés, version { $n }
charter-signed-by = Signés par
charter-signed-by-none = personne encore
charter-sign = Signer pour notre partie
charter-enact = Mettre en vigueur
charter-terms = Lire les termes
charter-decline = Décliner
charter-withdraw = Retirer
charter-declined = déclinée
charter-withdrawn = retirée
charter-lapsed = Propositions restées sans signature
charter-waits-signature = attend la signature de { $x }
charter-waits-enactment = signés par les deux ; { $x } les met en vigueur
charter-overtaken = D’autres termes sont entrés en vigueur entre-temps : cette proposition ne peut plus être signée.
binding-what = Ce qui engage
binding-whom = Pour qui
binding-from = À partir de quand
binding-from-now = aussitôt, dès l’envoi
binding-from-enactment = une fois signés par les deux parties et mis en vigueur par { $x } ; rien ne change avant
binding-earlier = Demandé avant
binding-earlier-asks = garde les délais sous lesquels il a été demandé
sign-means = En signant, vous engagez votre État à ces termes. Une signature ne se reprend pas ; les termes valent jusqu’à ce que les deux parties en conviennent d’autres.
sign-sure = Oui, signer pour notre État
sign-not-sure = Cochez la case pour confirmer votre signature. Rien n’a été signé.
enact-means = Les deux parties ont signé. Dès maintenant, les deux États travaillent selon ces termes, jusqu’à ce qu’ils en conviennent d’autres.
enact-sure = Oui, mettre ces termes en vigueur
enact-not-sure = Cochez la case pour confirmer la mise en vigueur. Rien n’a été fait.
suspended-by-us = Nous avons suspendu la coopération : les délais sont arrêtés, ce qui est écrit attend.
suspended-by-them = Le partenaire a suspendu la coopération : lui seul peut la reprendre.
terms-entries-a-day = écritures par jour
terms-soon = proche : { $x } avant
terms-at-due = dès l’échéance
terms-after = { $x } après
terms-liaison = liaison : { $x }
terms-coordinator = coordonnateur : { $x }
terms-meeting = rencontre : { $x }
terms-clocks = Délais par demande et urgence
terms-body = textes jusqu’à { $x }
terms-file = fichiers jusqu’à { $x }
terms-idle = Inscrits, sans effet encore dans cette version
terms-changes = Ce qui changerait
terms-no-change = Rien : les mêmes termes que ceux en vigueur.
terms-faults = Cette proposition ne peut pas être signée ici :
terms-form-about = Modifiez ce qui doit changer ; le reste demeure. Les délais courent en temps calendaire. Le partenaire voit les changements et les signe, ou non.
terms-clocks-help = Une ligne vidée disparaît ; le délai ordinaire compte alors. Ajoutez d’autres délais dans les dernières lignes.
terms-another-clock = Autre délai
terms-urgency = Urgence
terms-unit = Unité
terms-step-soon = Signalé proche, avant l’échéance
terms-step-liaison = Parvient à l’officier de liaison, après l’échéance
terms-step-coordinator = Parvient au coordonnateur, après l’échéance
terms-step-meeting = Inscrit pour la prochaine rencontre, après l’échéance
terms-ceiling-help = Classe la plus haute de ce qui peut être envoyé, dans les dossiers ouverts ensuite.
terms-feedback-owed = contributions et réponses obligent leur destinataire à un retour
terms-limit-entries = Écritures par jour d’un même nœud
terms-limit-file = Fichier le plus grand, en Mio
terms-equivalences-help = Quel niveau national un État traite comme une classe d’ici : un code tel que diffusion-restreinte. Une ligne vidée disparaît.
terms-level-here = Classe
terms-level = Niveau national
unit-ms = millisecondes
unit-s = secondes
unit-min = minutes
unit-h = heures
unit-d = jours
terms-modelled = Sur le modèle de — { $x }. Aucun de ces instruments n’exige ces délais entre les parties, à moins qu’elles n’y soient tenues par ailleurs.

## Declarations
points = Points et engagements
point-debtors = s’engagent :
point-due = échéance :
point-texts = Dans les autres langues
point-because = Mots qui l’ont fait proposer :
point-pledge = Prendre le même engagement
point-relate = relier à un point antérieur
related-by = { $x } { $y } ce point
status-open = rien de déclaré encore
status-claimed = déclaré accompli par
status-agreed = accompli d’un commun accord
declaration-texts = Textes, paragraphe par paragraphe
declaration-proposals = La machine propose et dit pourquoi ; rien n’oblige avant qu’une personne confirme.
proposed = Proposé
proposal-confirmed = confirmé par
proposal-dismissed = écarté : ce n’est pas un engagement
proposal-both = les deux parties
stmt-commits = engagement
stmt-reaffirms = réaffirmation
stmt-studies = à l’étude en vue d’un accord
stmt-concerned = préoccupation
stmt-condemns = condamnation
stmt-supports = soutien
stmt-welcomes = satisfaction
stmt-calls = appel
stmt-procedural = procédure
stmt-notes = position
import-why = Déposez le texte en une à trois langues. Vous verrez ce que la machine y lit ; rien n’est enregistré avant votre accord.
import-title = Titre
import-reference = Référence courte
import-date = Date
import-place = Lieu
import-version = Texte { $n }
import-more-languages = Le même texte dans d’autres langues
import-lang-detect = à reconnaître
import-file = Fichier (texte, Markdown ou HTML)
import-paste = ou texte collé
import-preview = Voir les propositions
import-store = Enregistrer la déclaration
import-missing = Il faut un titre et au moins un texte.
import-found = { $n ->
    [one] { $n } engagement proposé.
   *[other] { $n } engagements proposés.
    }
import-register = Importer un registre d’engagements
import-register-why = Un fichier JSON d’instruments et de points, déjà classés et reliés.
import-register-file = Fichier JSON
import-register-do = Importer le registre
import-fault-size = Le fichier fait { $x }, plus que les { $y } acceptés.
import-fault-utf8 = Le fichier n’est pas en UTF-8 : le premier octet faux est à la position { $x }, comptée de zéro.
import-fault-binary = Le fichier est binaire et n’est pas du texte : caractère de contrôle à la position { $x }, comptée de zéro.
import-fault-empty = Le fichier ne contient aucun texte.
import-fault-paragraphs = Le fichier a plus de { $x } paragraphes.
import-fault-language = La langue n’est ni le français, ni l’anglais, ni l’arabe : indiquez-la.
import-fault-json = Le JSON du registre est faux à la ligne { $x }, colonne { $y }
import-json-syntax = ce n’est pas du JSON
import-json-shape = un champ manque ou n’est pas du bon type
import-json-cut = le fichier s’arrête trop tôt
import-fault-twice = L’identifiant { $x } sert deux fois.
import-fault-instrument = Le point { $x } renvoie à l’instrument { $y }, que le registre n’a pas.
import-fault-follows = Le point { $x } suit { $y }, que le registre n’a pas.
import-fault-circle = Le point { $x } se suit lui-même en passant par d’autres.
import-fault-no-text = Une déclaration a au moins un texte.

## One entry
entry-to-dossier = Retour au dossier
entry-opened = Obligations nées de cette écriture
entry-facts = Faits
entry-id = Identifiant
entry-type = Type
entry-author = Auteur
entry-written = Écrite le
entry-here = Ici depuis
entry-audience = Destinataires
entry-handling = Conditions d’usage
entry-release = Décision d’envoi
entry-decision = Décision
entry-erase = Effacer cette écriture
entry-proof = Preuve
entry-proof-why = L’écriture, sa place au registre, l’état du registre contresigné par le partenaire et l’historique des clés tiennent dans un fichier, vérifiable hors ligne.
proof-recipient = Destinataire
proof-position = Place au registre
proof-receipt = Récépissé du partenaire
proof-waiting = pas encore inscrite
proof-no-receipt = pas encore de récépissé
proof-download = Télécharger la preuve
proof-verify = Vérifier hors ligne :

## Communiqué d'un dossier antérieur
history = Historique
history-released = communiqué ici le
history-binds-nothing = n’engage à rien ici
history-written = écrit le
history-of = dans le dossier
history-original = l’original
history-mismatch = Ce qui a été communiqué ne concorde pas :
history-not-shown = Son contenu n’est pas montré ; rien n’en découle.
release-to = Part vers
release-means = Ce que vous cochez part tel qu’il a été signé, avec son texte et ses fichiers, par votre décision. C’est de l’historique : cela ne demande rien et n’engage personne. Les traductions ne partent pas avec. Qui efface l’original l’efface aussi là-bas.
release-none = Ce dossier n’en poursuit aucun autre, ou il est clos.
release-not-ours = Vous ne participez pas à ce dossier.
release-crosses = Ce qui passe exactement
release-files = { $n ->
    [one] { $n } fichier
   *[other] { $n } fichiers
    }
release-left-out = { $n ->
    [one] { $n } autre écriture de notre part n’est pas listée : communiquez d’abord celles-ci.
   *[other] { $n } autres écritures de notre part ne sont pas listées : communiquez d’abord celles-ci.
    }
release-more = Des conditions de plus pour tout ce qui est coché
release-do = Communiquer ce qui est coché

## Ledger and balance
ledger-same = Les deux côtés lisent les mêmes lignes. Rien ne s’y éteint automatiquement : le silence est la seule faute.
ledger-found = { $n ->
    [one] { $n } obligation
   *[other] { $n } obligations
    }
ledger-open = ouvertes
ledger-ended = terminées
ledgers-agree = mêmes obligations des deux côtés
ledgers-differ = obligations différentes des deux côtés
ledgers-asked = comparaison demandée
reviews-title = À réexaminer
reviews-why = Les contenus sont réexaminés à temps : prolonger, clore ou effacer dans le dossier. Faute de décision, le nœud les efface ici et demande à l’autre partie d’attester que ce que nous avons écrit a disparu chez elle. Rien de tel tant que l’effacement est gelé ou que quelque chose reste dû.
reviews-soon = { $n ->
    [0] aucun dossier à réexaminer prochainement
    [one] { $n } dossier à réexaminer
   *[other] { $n } dossiers à réexaminer
    }
reviews-pressing = { $n ->
    [one] dont { $n } dans les jours qui viennent
   *[other] dont { $n } dans les jours qui viennent
    }
reviews-passed = { $n ->
    [one] pour { $n }, le jour est passé
   *[other] pour { $n }, le jour est passé
    }
reviews-more = La liste est plus longue : figure ici ce qui vient en premier.
reviews-due = réexamen le
reviews-erased-from = effacé à partir du
reviews-stays-owed = demeure : quelque chose est encore dû
reviews-stays-held = demeure : l’effacement est gelé
reviews-stays-released = demeure : communiqué dans un dossier qui continue
reviews-clock = L’horloge du nœud est désormais tenue pour juste.
dossier-review = Réexamen
review-because-opened = durée prévue pour ce type de dossier, depuis son ouverture
review-because-agreed = durée fixée par la charte, depuis son ouverture
review-because-closed = durée qui suit sa clôture
review-because-kept = conservé :
review-because-each = chaque écriture a sa propre durée ; elles s’effacent ensemble toutes les quatre semaines
review-because-again = ce qui s’y trouvait est effacé ; ce qui est venu depuis a sa propre durée
act-leaves-review = réexaminé ; le jour indiqué étant plus proche, le réexamen reste fixé au
meeting-title = Pour la prochaine rencontre
meeting-why = Obligations dont le retard a dépassé ce que la charte laisse aux agents et aux coordonnateurs.
balance-with = Bilan avec { $x }
balance-same = Les deux côtés lisent les mêmes chiffres.
balance-asked-of = Demandé à { $x }
balance-by-service = Par service débiteur
balance-from = du
balance-to = au
period-month = 30 jours
period-quarter = Trimestre
period-year = Année
fig = Chiffre
fig-asked = Demandes
fig-answered = Répondues ou accomplies
fig-refused = Refusées
fig-dropped = Abandonnées ou retirées
fig-open = Ouvertes
fig-overdue = Ouvertes en retard
fig-on-time = Terminées avant l’échéance, sur celles qui en avaient une
fig-median = Temps médian de la réception à la fin
fig-gap = Écart médian entre écriture et réception
fig-unreceived = Jamais reçues
fig-feedback = Retours d’informations faits, sur ceux demandés
fig-no-use = Retours disant « sans usage »
fig-of = { $x } sur { $y }
fig-ground = Refus :
fig-mostly-no-use = Plus de la moitié des retours disent « sans usage » : à inscrire à la prochaine rencontre.

## Partners
link-up = lien établi
link-down = lien interrompu
link-cut = lien coupé exprès
link-alarm = lien arrêté par une alarme
link-clocks = { $n ->
    [one] horloges discordantes : la leur a indiqué une heure en avance de { $n } minute sur la nôtre
   *[other] horloges discordantes : la leur a indiqué une heure en avance de { $n } minutes sur la nôtre
}
link-restart-answer = Il est proposé que notre registre recommence : rien ne part tant que la réponse de { $x } n’est pas prise ici
link-restart-owner = Le registre de { $x } recommence comme convenu : rien n’arrive tant que notre réponse n’y est pas prise
link-restart-other = Le registre de { $x } a recommencé avec un autre accord que celui qui est tenu ici : demandez à son coordonnateur le fichier de ce qui a été convenu, et prenez-le
link-since = depuis
link-held = le partenaire détient { $x } de nos { $y } inscriptions
link-in = nous détenons { $x } des siennes
link-waiting = { $n ->
    [one] { $n } écriture attend de partir
   *[other] { $n } écritures attendent de partir
    }
link-waiting-more = plus de { $x } écritures attendent de partir
link-files = { $n ->
    [one] { $n } fichier à venir
   *[other] { $n } fichiers à venir
    }
restored-title = Rétabli depuis une sauvegarde
restored-at = Rétabli
restored-journal = Journal de la sauvegarde jusqu’au
restored-back = { $n ->
    [one] a rendu { $n } inscription de notre registre
   *[other] a rendu { $n } inscriptions de notre registre
}
restored-opened = Rouvert, chaque partenaire entendu
restored-alone = Ouvert sans attendre les partenaires
restored-not-back = Ne reviennent pas : le journal depuis la sauvegarde, ce qui n’était pas encore envoyé, les écritures réservées à notre nœud, les comptes et réglages changés depuis, l’agent derrière un pseudonyme créé depuis.
restored-untold = { $n ->
    [one] Le contenu de { $n } écriture a été détruit après la sauvegarde par un effacement dont aucun partenaire n’avait connaissance. Si un partenaire le détient, effacez-la une nouvelle fois :
   *[other] Le contenu de { $n } écritures a été détruit après la sauvegarde par des effacements dont aucun partenaire n’avait connaissance. Si un partenaire le détient, effacez-les une nouvelle fois :
}
own-card = Notre carte
own-card-why = À remettre au partenaire ; comparez les empreintes de vive voix avant de l’épingler.
partner-link = Lien et registres
partner-desk = Bureau permanent
partner-charter = Charte
partner-propose-charter = Proposer une charte
reg-out = Notre registre
reg-held = dont détenus par le partenaire
reg-in = Son registre, détenu par nous
reg-waiting = En attente
reg-cut = Dernière comparaison
reg-cut-sizes = { $x } des nôtres, { $y } des siens
suspend-title = Suspension
suspend-why = Chaque partie suspend pour elle-même et lève seule sa suspension. Les délais s’arrêtent ; récépissés, effacements et ce qui sauve une vie passent toujours.
suspend-means = Dès l’envoi, plus rien de ce qui est écrit ne part vers ce partenaire et les délais s’arrêtent, pour les deux États. Seuls passent la charte, les récépissés, les effacements et ce qui sauve une vie.
suspend-sure = Oui, suspendre la coopération entre nos deux États
suspend-not-sure = Cochez la case pour confirmer la suspension. Rien n’a été fait.
erase-means = Ce qui est effacé est détruit aux deux nœuds et ne revient pas. Le partenaire doit ensuite l’attester.
erase-means-here = Ce qui est effacé est détruit et ne revient pas. Cela n’a jamais quitté ce nœud : personne d’autre ne le détient.
erase-file-means = Ce fichier est détruit aux deux nœuds et ne revient pas ; le texte et les autres fichiers restent. Son nom n’est plus montré, mais il demeure sous scellé dans le texte signé : si lui aussi doit disparaître, effacez l’écriture. Le partenaire doit ensuite attester.
erase-file-means-here = Ce fichier est détruit et ne revient pas ; le texte et les autres fichiers restent. Son nom n’est plus montré, mais il demeure sous scellé dans le texte signé : si lui aussi doit disparaître, effacez l’écriture. Rien de cela n’a quitté ce nœud.
expired-means = Tout ce que ce nœud détient du dossier est détruit maintenant, même avant son terme, sans retour ; ce que notre nœud a écrit l’est aussi chez le partenaire, qui en doit l’attestation.
erase-sure = Oui, détruire
erase-not-sure = Cochez la case pour confirmer l’effacement. Rien n’a été détruit.
form-suspended = La coopération avec ce partenaire est suspendue : ce que vous écrivez ici attend sa reprise, sauf si une vie est en danger.
suspend-remark = Remarque pour le partenaire
identity = Identité
identity-why = Lisez les empreintes à voix haute, par une autre voie que celle-ci : elles doivent être les mêmes des deux côtés.
fingerprint-theirs = Empreinte du partenaire
fingerprint-theirs-next = Prochaine empreinte du partenaire
fingerprint-ours = La nôtre
fingerprint-ours-next = Notre prochaine
identity-address = Adresse
identity-pinned = Épinglée
key-changes = Les clés de signature dans le temps
key-changed = La clé de signature a été changée, signée par l’ancienne et la nouvelle clé :
key-leaf = à la place { $x } du registre
key-here = reçue
key-confirmed = Dernier changement confirmé par le partenaire :
key-confirmed-yes = oui
key-confirmed-not = pas encore
tls-changes = Les clés TLS dans le temps
tls-changes-why = La clé TLS ouvre les connexions du lien et compte dans l’empreinte. Les deux empreintes sont justes tant que la nouvelle clé n’est pas présentée.
tls-changed = La clé TLS a été changée, signée par l’ancienne et la nouvelle clé et par la clé de signature :
tls-not-shown = pas encore présentée
tls-until = l’ancienne n’ouvre plus rien à partir du
tls-waits = Dernière clé TLS pas encore confirmée par :
key-compromised = Clés déclarées compromises
key-compromised-short = Une clé de signature de ce partenaire est déclarée compromise ; elle ne prouve plus rien à partir du
key-compromised-why = D’autres ont pu avoir cette clé. Ce qu’elle a signé ne compte que si l’autre côté l’a contresigné avant l’heure indiquée ; plus rien de ce qu’elle signe n’est accepté.
key-compromised-from = Ne prouve plus rien à partir du
key-compromised-by = déclaré par { $x }
key-compromised-here = conservé ici
key-compromised-file = La déclaration signée
compromise-title = Une clé est connue d’autres
compromise-ways = Déclarer compromise une clé de ce partenaire
compromise-why = Quand le partenaire vous dit que d’autres peuvent avoir une de ses clés de signature. À partir de l’heure qu’il indique, cette clé ne prouve plus rien ici, définitivement.
compromise-file = La déclaration du partenaire
compromise-read = Lire ce qu’elle dit
compromise-voice = Sans fichier : ce que l’on vous a dit de vive voix
compromise-voice-why = Seulement si le partenaire n’a pas de clé plus récente qui puisse signer une déclaration, ou si le fichier ne peut pas venir. Elle est alors déclarée en notre nom.
compromise-print = L’empreinte de cette clé, telle qu’on vous l’a lue chez { $x }
compromise-since = Elle ne prouve plus rien à partir de (UTC)
compromise-since-why = Depuis quand d’autres ont pu l’avoir ; si personne ne le sait, maintenant.
compromise-own = Déclarer compromise une de nos clés
compromise-own-why = La clé la plus récente signe la déclaration. Si c’est elle que d’autres peuvent connaître, on la change d’abord, sur la machine : entente key rotate.
compromise-key = Quelle clé
compromise-replaced = remplacée
compromise-none = Ce nœud n’a jamais changé de clé de signature. Si d’autres peuvent la connaître, on la change d’abord, sur la machine : entente key rotate. La nouvelle déclare ensuite l’ancienne.
compromise-next = Lire ce que cela veut dire
compromise-of = Une clé de signature de { $x }
compromise-means = Conservé pour toujours : personne ne le reprend. À partir de cette heure, rien de ce que la clé a signé ne prouve quoi que ce soit ici, sauf ce que nous avons contresigné avant, et plus rien n’est accepté sous elle. Si aucune clé plus récente de ce partenaire n’est connue ici, rien n’est envoyé ni reçu avant que son registre recommence.
compromise-own-means = Conservé pour toujours : personne ne le reprend. À partir de cette heure, la clé ne prouve plus rien, et ce nœud ne signe plus rien avec elle. Remettez le fichier signé à chaque partenaire ; il est ensuite montré sous « Notre carte ».
compromise-sure = Oui, déclarer cette clé compromise pour toujours
compromise-do = La déclarer
compromise-take = Accepter la déclaration
identity-card = Carte du partenaire
evidence = Preuves d’écart conservées
evidence-fork = deux histoires signées qui se contredisent ; le lien est arrêté
evidence-rollback = registre revenu en arrière ; le lien est arrêté
evidence-tampered = données qui ne correspondent pas à leur signature ; connexion fermée
evidence-own-behind = notre partenaire détient de notre registre plus que nous ; le lien est arrêté
evidence-restored = le partenaire a perdu une partie de son registre et l’a reprise chez nous
evidence-lost-by-both = après des restaurations des deux côtés, les récépissés que ce nœud avait donnés ne correspondent pas à ce que le partenaire a maintenant ; rien ne prouve pourquoi, et le lien continue
signing-key-missing = La réserve de clés de ce nœud n’a pas le secret de la clé avec laquelle il signe : elle est plus ancienne que la clé. Mettez à sa place la copie la plus récente du répertoire keys de la sauvegarde ; rien n’est signé avant.
evidence-ledgers-differ = les deux registres des obligations diffèrent
evidence-told-otherwise = un autre État dit avoir reçu, sous le même rang, une autre écriture que nous
evidence-relayed = écriture d’un autre État transmise à sa place ; elle ne compte qu’une fois reçue de lui
evidence-equivocation = deux écritures différentes sous le même rang dans un dossier
evidence-lanes-forked = dossiers poursuivis trop souvent de façons contradictoires ; plus rien n’est accepté
evidence-alarm-lifted = alarme levée après entente, le lien reprend
irregular-entries = Écritures sans effet
evidence-restarted = un registre a recommencé après l’accord des deux coordonnateurs ; ce que les deux ont signé est conservé
evidence-other-beginning = un registre du partenaire a recommencé avec un autre accord que le dernier donné par ce nœud ; rien n’en a été pris, et le fichier de ce qui a été convenu y remédie
restarts-title = Registres qui ont recommencé
restart-agreed-at = Convenu par les deux coordonnateurs jusqu’à { $x } lignes
restart-offered = Proposé par son coordonnateur quand il comptait { $x } lignes
restart-root-at = Racine à cet endroit
restart-ways = Faire recommencer un registre de ce lien
restart-why = Après une bifurcation, ou quand la clé d’un registre est perdue ou connue d’autres, celui qui le tient propose qu’il recommence, le partenaire accepte, le premier prend la réponse. Les fichiers passent par n’importe quelle voie ; l’empreinte se compare de vive voix par une autre.
restart-propose = Proposer que notre registre recommence
restart-propose-do = Signer et proposer
restart-propose-means = Dès maintenant, rien n’est envoyé à ce partenaire tant que sa réponse n’est pas prise ici. Ce qui est convenu vaut définitivement : où le registre se termine, et avec quelle clé il continue.
restart-has = Il compte { $x } lignes à présent
restart-our-key = Il continuerait avec la clé de cette carte :
restart-ground = Pourquoi il recommence
restart-ground-why = Si la clé est perdue ou connue d’autres, ce nœud doit d’abord en avoir commencé une autre (entente key begin).
restart-no-ground = Dites pourquoi le registre recommence. Rien n’a été proposé.
restart-not-sure = Cochez la case pour confirmer. Rien n’a été fait.
restart-proposal-file = Télécharger la proposition
restart-carry = Portez la proposition au coordonnateur du partenaire par n’importe quelle voie, et lisez l’empreinte de notre carte à voix haute par une autre.
restart-withdraw = Retirer la proposition
restart-answer-file = Télécharger notre réponse
restart-file = Une proposition ou une réponse envoyée par le partenaire
restart-file-again = Le même fichier encore une fois : il est trop long pour être porté par cette page
restart-file-missing = Choisissez le fichier que le partenaire a envoyé.
restart-read = Le lire
restart-accept = Accepter la proposition
restart-accept-means = En acceptant, vous signez pour votre État où se termine le registre du partenaire. Ce qu’il écrit ensuite est cru sous la clé de cette empreinte. Cela ne se reprend pas.
restart-compare = L’empreinte que l’on vous a lue de vive voix chez { $x }
restart-compare-why = Par une autre voie que celle du fichier. N’acceptez pas une empreinte que personne ne vous a lue.
restart-agreed-from = Si le nœud du partenaire dit détenir moins de feuilles que convenu : combien il en détient
restart-agreed-file = Télécharger ce que le partenaire a convenu, pour un partenaire qui l’a perdu
restart-again = Reprendre ce qui a été convenu
restart-again-means = Ce nœud l’a accepté une fois et l’a perdu par une restauration : sa propre signature y figure. Le registre du partenaire se termine de nouveau là où il en avait été convenu. Cela ne se reprend pas.
restart-conclude = Prendre la réponse
restart-conclude-means = Notre registre se termine là où les deux côtés en sont convenus et continue dans la génération suivante. Ce que le partenaire détient en notre nom et que nous n’avons pas revient. Cela ne se reprend pas.
restart-conclude-sure = Oui, prendre cette réponse

## Failures
go-today = Revenir à Aujourd’hui
fail-not-found = Il n’y a rien ici
fail-sign-in = La session est finie
fail-wait = Trop de mots de passe faux
fail-busy = Le nœud reçoit déjà autant de fichiers qu’il le peut
fail-second-factor = Il faut d’abord un second facteur
fail-foreign-form = Ce formulaire n’a pas été accepté
fail-forbidden = Votre rôle ne le permet pas
fail-fields = Quelques champs sont à corriger
fail-input = Cela n’a pas pu être lu
fail-refused = Cela n’a pas été accepté
fail-stale = Quelque chose est arrivé entre-temps
fail-irregular = Ce n’est pas possible ici
fail-too-large = C’est trop volumineux
fail-link = Le lien ne le permet pas
fail-storage = L’enregistrement ne répond pas
fail-full = Le nœud est plein
storage-full = La place manque pour ces fichiers. Rien n’en a été gardé ; à l’exploitant du nœud de faire de la place.
fail-closed = Ce nœud a été rétabli depuis une sauvegarde
fail-bug = Une erreur de notre côté
limit-is = La limite est de { $x }.
blame-not-found = La page n’existe pas, ou ne vous est pas ouverte : la réponse est la même.
blame-sign-in = Connectez-vous de nouveau ; ce qui était enregistré est en sûreté.
blame-wait = Personne n’est exclu : l’attente finit d’elle-même.
blame-busy = Ce qui a été saisi n’est pas enregistré ; l’envoi peut être refait.
blame-second-factor = Rien n’a été fait. Prenez un second facteur à la page « Mon compte ».
blame-foreign-form = Il venait d’une autre page que les nôtres, ou d’une session finie. Rien n’a été fait.
blame-forbidden = Rien n’a été fait. Demandez à qui attribue les rôles.
blame-stale = Rien n’a été fait. Relisez la page et recommencez si cela tient toujours.
blame-link = Rien n’est perdu : ce qui est écrit attend que le lien le permette.
blame-input = Rien n’a été enregistré. Corrigez et recommencez.
blame-ours = La faute est de notre côté, pas du vôtre ni du partenaire. Elle est notée au journal du nœud.
blame-closed = Rien n’est montré ni écrit avant que chaque partenaire ait rendu ce qu’il détient de notre registre et redit ce qui a été effacé depuis. Un administrateur peut ouvrir le nœud sans attendre : entente recover --alone.
compose-target = Ceci porte sur une obligation encore ouverte, où notre côté peut agir.
compose-nobody = Nommez le service sollicité.
input-form = Le formulaire n’a pas pu être lu.
input-silent = Rien n’est arrivé pendant une minute : l’envoi a été interrompu. Rien n’en a été gardé.
input-day = Les dates n’ont pas pu être lues, ou la fin précède le début.
input-years = Dix années au plus sont comptées à la fois.
other-history = Le partenaire montre un autre registre que celui dont nous avons donné récépissé. La preuve est conservée : parlez à son coordonnateur.
link-fault-cut = Ce lien est coupé exprès : il reprend quand on le rétablit (entente link mend).
link-fault-own-key-compromised = Le registre de ce nœud est signé par une clé déclarée compromise, et aucun changement n’en part : il doit recommencer avec une autre clé (entente register restart propose).
link-fault-partner-key-compromised = La dernière clé connue de ce partenaire a été déclarée compromise : rien n’est envoyé ni accepté tant que sa nouvelle clé n’est pas connue ici.
link-fault-not-cut = Ce lien n’est pas coupé.
link-fault-driven = Un autre processus de ce nœud conduit le lien.
link-fault-lanes = Le partenaire a trop souvent écrit des suites d’écritures contradictoires : le lien est arrêté et la preuve est conservée. Parlez à son coordonnateur.
link-fault-never-left = Cette écriture est réservée à notre nœud et ne l’a jamais quitté : il n’y a rien à prouver.
link-fault-no-charter = Aucune charte n’est encore en vigueur avec ce partenaire.
link-fault-no-partner = Aucun partenaire n’est encore relié.
link-fault-not-received = L’autre côté n’a pas encore reçu cette écriture : il n’y a rien à prouver.
link-fault-not-stopped = Aucune alarme n’a arrêté ce lien.
link-fault-unnamed = Il y a plusieurs partenaires : nommez celui dont il s’agit.
link-fault-session = Le lien est occupé : une session est ouverte, ou l’était à l’instant. Ce qui attend part de lui-même, ou réessayez dans quelques secondes.
link-fault-state-no-charter = Aucune charte n’est encore en vigueur avec l’un de ces États.
link-fault-state-not-admitted = La charte avec l’un de ces États ne l’admet pas.
link-fault-state-unlinked = L’un de ces États n’est pas lié au nôtre.
link-fault-state-version = L’un de ces États utilise une version sans dossiers à trois États ou plus.
link-fault-state-continues = L’un de ces États utilise une version où un dossier n’en poursuit aucun autre.
link-fault-states = Plus d’États qu’un dossier ne peut en compter.
link-fault-stopped = Une alarme a arrêté ce lien : il reprend quand les coordonnateurs des deux côtés se sont parlé.
link-fault-taken-over = Un autre processus de ce nœud a repris le lien.
link-fault-version-older = Rien n’a été enregistré : un nœud qui prend part à ce dossier, le vôtre ou celui d’un partenaire, utilise une version qui ne connaît pas encore cette sorte d’écriture. Demandez que ce nœud soit mis à jour et réessayez dès qu’il se sera connecté ; d’ici là, écrivez ce que les deux connaissent : dites-le dans une note, ou effacez toute l’écriture au lieu d’un seul fichier.
restart-fault-damaged = Ce n’est pas une proposition ni une réponse entière pour qu’un registre recommence : redemandez le fichier au partenaire.
restart-fault-broken = Ce qui est signé dans ce fichier ne tient pas. N’en faites rien et parlez au partenaire.
restart-fault-other-nodes = Ce fichier ne concerne pas ce nœud et l’un de ses partenaires.
restart-fault-generation = Le registre n’est pas dans la génération que ce fichier clôt : il a déjà recommencé, ou autre chose est à conclure d’abord.
restart-fault-unknown-key = Ce fichier est signé par une clé qui n’est pas connue comme celle du partenaire : prenez d’abord sa carte la plus récente.
restart-fault-not-ours = La proposition contenue dans ce fichier n’a pas été faite par ce nœud.
restart-fault-held-less = { $n ->
    [one] Ce nœud détient { $n } feuille de ce registre, moins qu’il n’en avait été convenu. Ce qui est venu est conservé. Demandez au partenaire un fichier de ce qui a été convenu qui apporte les feuilles à partir de { $n }.
   *[other] Ce nœud détient { $n } feuilles de ce registre, moins qu’il n’en avait été convenu. Ce qui est venu est conservé. Demandez au partenaire un fichier de ce qui a été convenu qui apporte les feuilles à partir de { $n }.
}
restart-fault-key-changed = La clé de signature a changé depuis cette proposition : retirez-la et proposez de nouveau.
restart-fault-differs = Ce qui a été convenu ne s’accorde pas avec le registre de ce nœud : rien n’a été changé. Parlez au partenaire avant de continuer.
restart-fault-leaves-missing = Ce nœud a perdu une partie de son registre que le fichier n’apporte pas : proposez de nouveau et prenez la nouvelle réponse.
restart-fault-no-sealing-key = La proposition n’apporte aucune clé valable pour sceller la réponse : le partenaire doit proposer de nouveau.
restart-fault-unopened = Ce que le fichier apporte est scellé pour une clé que ce nœud n’a plus : proposez de nouveau, ou, s’il s’agit de ce qui avait été convenu, montrez au partenaire la carte actuelle de ce nœud et redemandez le fichier.
restart-fault-same-key = Le registre recommencerait avec la clé d’avant : faites d’abord une nouvelle clé.
restart-fault-new-key = Ce nœud a une nouvelle clé qui ne fait pas suite à celle du registre : proposez que le registre recommence. Le lien attend jusque-là.
restart-fault-not-proposed = Rien n’est proposé à ce partenaire.
restart-fault-proposed = Il a été proposé que le registre de ce nœud recommence : le lien attend la réponse du partenaire.
restart-fault-too-often = Ce registre a recommencé trop souvent.
restart-fault-other-proposal = Ce n’est pas une réponse à la plus récente proposition de ce nœud. Proposez de nouveau et prenez la réponse que le partenaire donne à celle-là : ce qu’il a convenu une fois demeure.
input-fault-card-name = La carte ne nomme aucun nœud.
compromise-fault-damaged = Ce n’est pas une déclaration entière de clé compromise : reprenez le fichier chez le partenaire.
compromise-fault-most = Plus aucune autre clé d’un même nœud ne peut être déclarée compromise.
compromise-fault-newest = C’est la clé la plus récente, et elle devrait signer la déclaration : changez d’abord la clé (entente key rotate).
compromise-fault-other-node = Cette déclaration n’est pas faite par ce partenaire sur une clé à lui.
compromise-fault-signature = La signature de cette déclaration ne tient pas. N’en faites rien, et parlez au partenaire.
compromise-fault-signer = Cette déclaration n’est signée par aucune clé plus récente connue de ce partenaire : épinglez d’abord sa nouvelle carte (entente link add).
compromise-fault-time = Indiquez une heure passée.
compromise-fault-unknown-key = Aucune clé de cette empreinte n’est connue de ce nœud.
input-fault-fingerprint-differs = Les empreintes diffèrent : n’épinglez pas cette carte. Comparez de nouveau par une autre voie.
input-fault-fingerprint-form = Une empreinte compte huit groupes de quatre chiffres hexadécimaux.
input-fault-key-file = Ce n’est pas un fichier de clés d’un nœud Entente.
input-fault-missing-header = Le partenaire a nommé une écriture sans en envoyer l’en-tête : son programme est en cause.
input-fault-node-open = Ce nœud est déjà ouvert.
input-fault-no-reason = Dites pourquoi, pour l’inspecteur.
input-fault-officer-id = L’identifiant d’un agent compte 1 à 64 caractères parmi a-z, 0-9, '.' et '-'.
input-fault-officer-services = Un agent appartient au moins à un service, et seulement à des services de ce nœud.
input-fault-officer-taken = Cet identifiant est déjà pris.
input-fault-other-card = Un partenaire de ce nom est épinglé avec une autre carte, et les changements de clé de celle-ci n’y mènent pas depuis la clé que nous connaissons. Une clé perdue ne peut être remplacée sous le même nom.
input-fault-other-store = Ce stockage appartient à un autre nœud, ou à d’autres clés.
input-fault-own-card = C’est la carte de ce nœud même : épinglez celle du partenaire.
input-fault-own-only = Un dossier s’ouvre avec un partenaire : il ne peut être réservé à notre nœud.
input-fault-held = L’effacement est gelé, ou l’écrit a été communiqué dans un dossier qui continue : levez d’abord le gel.
people-fault-code-wrong = Ce code n’est pas le bon, ou il a déjà servi : attendez le suivant.
people-fault-factor-none = Ce compte n’a pas de second facteur.
people-fault-factor-required = Ce nœud demande un second facteur à chacun : changez d’application plutôt que de le retirer.
people-fault-offer-over = Ce secret n’est plus proposé : recommencez.
people-fault-password-wrong = Ce n’est pas votre mot de passe actuel.
people-fault-administrator = Le rôle d’administrateur se donne et se retire sur la machine même, par la ligne de commande : entente officer change.
people-fault-no-reset = Aucun rétablissement n’attend de confirmation : il n’a pas été demandé, ou depuis plus de 72 heures.
people-fault-not-invited = Cet agent peut déjà entrer : ce qui est perdu se rétablit à deux administrateurs.
people-fault-oneself = Personne ne change ses propres rôles, services ou accès.
people-fault-second = C’est à un autre administrateur de confirmer.
people-fault-stand-in-contents = Nul ne supplée qui administre ou inspecte, ni ne le fait à ce titre.
people-fault-stand-in-magistrate = Un magistrat n’est suppléé que par un magistrat.
people-fault-stand-in-most = Pas davantage de collègues pour une même personne : mettez d’abord fin à une suppléance.
people-fault-stand-in-period = Le premier jour est aujourd’hui ou plus tard, le dernier ne le précède pas, et trois mois sont le maximum.
people-fault-stand-in-walled = Les deux travaillent de part et d’autre d’une cloison entre finalités : une même personne ne peut faire les deux, même à tour de rôle.
people-fault-no-passkeys = Ce nœud n’a pas de clés d’accès : son adresse publique n’est pas réglée.
people-fault-passkeys-most = Pas davantage de clés d’accès : retirez-en une d’abord.
people-fault-passkey-wrong = Cette clé d’accès ne convient pas, ou la réponse vient trop tard : recommencez.
people-fault-no-provider = Ce nœud n’a pas de fournisseur OpenID.
people-fault-proof-needed = Vous n’avez pas de mot de passe ici : confirmez d’abord que c’est vous, par une clé d’accès ou en vous reconnectant chez le fournisseur.
people-fault-provider-denied = Le fournisseur n’a connecté personne. Réessayez, ou connectez-vous autrement.
people-fault-provider-last = Rien d’autre n’ouvrirait ce compte : d’abord un mot de passe est choisi ou une clé d’accès ajoutée ; sinon deux administrateurs le rétablissent.
people-fault-provider-silent = Le fournisseur ne répond pas pour le moment. Réessayez dans un instant, ou connectez-vous autrement.
people-fault-provider-taken = Ce compte chez le fournisseur sert déjà ici, ou vous en avez déjà lié un.
people-fault-provider-unknown = Ce compte chez le fournisseur n’en ouvre aucun ici. Liez-le dans « Mon compte », ou demandez une invitation à un administrateur.
people-fault-provider-weak = Le fournisseur ne vous a pas demandé ce que ce nœud exige, par exemple un second facteur.
people-fault-provider-wrong = La réponse du fournisseur ne convient pas, ou vient trop tard : recommencez.
card-fault-damaged = Ce n’est pas une carte entière : elle est tronquée, altérée, ou c’est autre chose. Redemandez-la.
card-fault-history = Les changements de clé qu’elle nomme ne mènent pas à sa clé.
card-fault-signature = Elle n’est pas signée par la clé qu’elle nomme.
card-fault-version = Elle est d’une version que ce nœud ne connaît pas.
input-fault-key-changes = { $n ->
    [one] Ce nœud a changé une fois de clé de signature : une preuve ne porte pas davantage de changements.
   *[other] Ce nœud a changé { $n } fois de clé de signature : une preuve ne porte pas davantage de changements.
}
input-fault-password-guessable = Ce mot de passe est de ceux que l’on devine en premier : connu par des fuites, fait des mots de ce nœud, ou de quelques signes répétés. Quelques mots sans rapport entre eux valent mieux.
input-fault-tls-changes = { $n ->
    [one] Ce nœud a changé une fois de clé TLS : sa carte ne nomme pas davantage de changements.
   *[other] Ce nœud a changé { $n } fois de clé TLS : sa carte ne nomme pas davantage de changements.
}
input-fault-tls-changing = La clé TLS est déjà en cours de changement : tous les partenaires n’ont pas confirmé la dernière (entente key list). Si d’autres peuvent la connaître, changez-la sur-le-champ : entente key rotate --tls --now.
input-fault-tls-partners = Le programme d’un partenaire ne suit pas un changement de clé TLS : il refuserait la nouvelle.
input-fault-password = { $n ->
    [one] Un mot de passe compte au moins un caractère.
   *[other] Un mot de passe compte au moins { $n } caractères.
}
input-fault-reason = { $n ->
    [one] Dites pourquoi, en un caractère.
   *[other] Dites pourquoi, en 1 à { $n } caractères.
}

## Tour
tour-intro = Vous êtes au nœud { $x }. En six étapes : demander, voir arriver, couper, dépasser un délai, répondre, falsifier.
tour-guest = Inutile de vous connecter : les étapes agissent pour l’officier de liaison, une personne inventée.
tour-guest-other = Choisir une autre personne
tour-here = Notre côté
tour-1 = Demander
tour-1-how = Une demande urgente et fictive part chez le partenaire. Son délai est de huit heures : les deux côtés le lisent pareil.
tour-ask = Envoyer la demande
tour-2 = La voir arriver
tour-2-how = De l’autre côté, elle figure sous « Ce que nous devons ». Ici, ses preuves de transmission montrent le récépissé.
tour-3 = Couper le lien
tour-3-how = Tout continue de fonctionner de chaque côté. Ce qui est écrit attend, et le nombre en attente se voit.
tour-cut = Couper le lien
tour-mend = Rétablir le lien
tour-4 = Laisser passer huit heures
tour-4-how = L’horloge des deux nœuds avance. La demande passe en retard des deux côtés, sans que personne n’écrive rien.
tour-jump = Avancer de huit heures
tour-5 = Répondre, et dire ce qu’il en est advenu
tour-5-how = Rétablissez le lien ; répondez là où la demande a été reçue. La réponse ouvre un retour d’informations pour qui a demandé : un clic peut suffire.
tour-6 = Falsifier une preuve
tour-6-how = Un bit est changé dans une copie de la preuve de la dernière écriture échangée. Voyez qui le remarque ; l’écriture elle-même reste intacte.
tour-tamper = Falsifier une copie
tour-caught = Détecté.
tour-not-caught = Non détecté.
tour-tampered = Un bit a été changé dans une copie de la preuve de l’écriture { $x }
tour-tampered-at = octet { $x } sur { $y }
demo-fault-clock-file = Le fichier où les deux nœuds lisent l’heure ne peut être écrit : le journal du nœud dit pourquoi.
demo-fault-far-ahead = L’horloge est assez en avance : relancez la démonstration pour aller plus loin.
demo-fault-jump = L’horloge n’avance que vers l’avant, d’un an au plus.
demo-fault-no-liaison = Ce nœud n’a pas d’officier de liaison pour exporter une preuve.
demo-fault-nothing-yet = Rien n’a encore été échangé et reçu : demandez d’abord quelque chose.
demo-fault-unverified = Même la preuve intacte ne se vérifie pas : { $x }.
cli-signed-other = signé par un nœud d’une autre empreinte
cli-cosigned-other = contresigné par un nœud d’une autre empreinte
cli-compromised = elle est signée par une clé déclarée compromise, et l’autre nœud ne l’a contresignée qu’après le { $x }, à partir duquel cette clé ne prouve plus rien. Demandez une nouvelle preuve sous les clés actuelles (`entente proof --newest`)
cli-cosigner-compromised = elle est contresignée par une clé déclarée compromise depuis le { $x } : qui l’a choisit l’heure de ses contreseings. Demandez une nouvelle preuve sous les clés actuelles (`entente proof --newest`)
cli-unvouched = une clé déclarée compromise se trouve entre la clé qui l’a signée et les autres : indiquez l’empreinte que vous connaissez du nœud qui l’a écrite (--signed-by)
cli-unvouched-cosigner = une clé déclarée compromise se trouve entre la clé qui l’a contresignée et les autres : indiquez l’empreinte que vous connaissez du nœud qui l’a contresignée (--cosigned-by)
cli-verify-alone = ce que le nœud de cette machine sait de clés compromises n’a pas été consulté : { $x }
cli-compromise = { "  " }la clé { $x } est déclarée compromise : elle ne prouve plus rien à partir du { $y }
cli-compromise-by = { "  " }déclaré par { $x } le { $y }
cli-compromise-next = La déclaration est dans { $x }. Portez-la à chaque partenaire par n’importe quelle voie, avec la nouvelle carte : là-bas, `entente link compromised`.
cli-compromise-need = Indiquez le fichier du partenaire avec --declaration, ou l’heure avec --at.
cli-compromise-damaged = { $x } n’est pas une déclaration entière de clé compromise
proof-armour = l’enveloppe de texte ne se lit pas
proof-body = le contenu n’est pas celui auquel l’en-tête s’engage
proof-card = l’une des deux cartes ne se vérifie pas
proof-declaration = une déclaration de clé compromise qu’elle apporte ne tient pas
proof-bytes = ses octets n’ont pas la forme d’une preuve
proof-checkpoint = l’état signé du registre ne se vérifie pas
proof-cosignature = la contresignature du partenaire ne se vérifie pas
proof-header-version = un en-tête d’une version inconnue ici : le contenu ne peut être comparé
proof-generations = les générations du registre ne s’enchaînent pas
proof-history = l’historique des clés est rompu
proof-inclusion = l’écriture n’est pas dans le registre à la place indiquée
proof-key-change = un changement de clés ne se vérifie pas
proof-parties = le registre n’est pas entre les nœuds des deux cartes
proof-too-large = une partie est plus grande que permis
proof-version = une preuve d’une version inconnue ici
tour-sample-title = Location d’un véhicule utilitaire
tour-sample-question = À qui ce véhicule fictif était-il loué du 3 au 9 mars ?
tour-sample-facts = Le véhicule apparaît sur trois lieux de dépôt d’outillage volé. Exemple inventé.
tour-sample-link = Le véhicule est immatriculé chez vous.

## Ligne de commande
cli-mend = à corriger : { $x }
cli-hidden = (fermé pour vous)
cli-period = du { $x } au { $y }
cli-explained = { $x } : { $y }
cli-no-officer = aucun agent { $x } ici : `entente officer list` les montre
cli-officers-none = ce nœud n’a pas encore d’agent : `entente officer add` en ajoute un
cli-who-acts = dites qui agit : --as AGENT (`entente officer list` les montre)
cli-no-partner = aucun partenaire { $x } : `entente link list` les montre
cli-partners-none = aucun partenaire encore : `entente link add` en ajoute un
cli-name-partner = nommez le partenaire : --partner NŒUD
cli-dossier = dossier
cli-obligation = obligation
cli-entry = écriture
cli-none-seen = { $x } { $y } : rien de tel que vous puissiez voir
cli-several = { $x } { $y } : plusieurs conviennent, donnez l’identifiant entier
cli-bad-card = { $x } n’est pas une carte valable : { $y }
cli-address = une adresse s’écrit hôte:port
cli-type-fingerprint = Tapez l’empreinte que les gens de { $x } vous ont lue :
cli-need-fingerprint = il faut l’empreinte lue par le partenaire : --fingerprint "abcd ..."
cli-fingerprint-form = une empreinte compte huit groupes de quatre chiffres hexadécimaux
cli-fingerprints-differ = les empreintes diffèrent : ce n’est pas la carte de vos interlocuteurs. Rien n’a été épinglé ; redemandez la carte par une voie sûre
cli-pinned = Le partenaire { $x } est épinglé. Ensuite : `entente charter propose --partner { $x }`.
cli-link-cut = Le lien avec { $x } est coupé : plus aucune connexion, dans aucun processus de ce nœud. Le travail local et les délais continuent ; les courriers restent possibles.
cli-link-mended = Le lien avec { $x } est rétabli : ce qui attendait part.
cli-link-resumed = L’alarme est levée : le lien avec { $x } reprend. Le motif est conservé parmi les preuves.
cli-not-text = { $x } n’est pas du texte
cli-unreadable = { $x } ne peut être lu : { $y }
cli-too-large = { $x } dépasse les { $y } octets permis
cli-waits-dialled = attend d’être appelé
cli-open = { $n ->
    [one] { $n } ouverte
   *[other] { $n } ouvertes
    }
cli-no-type = pas de type d’écriture { $x } ; il y a : { $y }
cli-see-help = `{ $x } --help` montre ce qui peut être dit
cli-field-form = un champ s’écrit nom=valeur
cli-no-field = { $x } n’a pas de champ { $y }
cli-where = dites où cela va : --dossier NUMÉRO, ou --on NUMÉRO pour une obligation
cli-recorded = Enregistré : { $x } { $y }
cli-waits = Attend la seconde signature : { $x } { $y }
cli-draft-left = Parti : { $x }
cli-draft-done = Fait.
cli-draft = brouillon
cli-cut = le lien avec { $x } est coupé exprès : ce que vous avez écrit attend ici qu’on le rétablisse (entente link mend)
cli-stopped = le lien avec { $x } est arrêté par une alarme : ce que vous avez écrit est gardé ici et ne part pas tant que le lien n’est pas relancé (entente link resume)
cli-opened = Son dossier : { $x }
cli-not-signed = pas encore signé par { $x } : les termes entrent en vigueur quand les deux côtés ont signé
cli-no-desk = il n’y a pas encore de bureau permanent avec ce partenaire : `entente write desk.open` l’ouvre
cli-holds-node = { $x } contient déjà un nœud : rien n’a été changé
cli-ask-node = Nom du nœud (a-z, 0-9, '-') :
cli-name-node = nommez le nœud : --node NOM, 1 à 32 parmi a-z, 0-9 et '-'
cli-name-long = le nom du nœud est trop long pour un service
cli-own-service = le service du premier agent est de ce nœud : { $x }/...
cli-made = Le nœud { $x } est dans { $y }.
cli-made-fingerprint = Son empreinte : { $x }
cli-made-next = Ensuite : `entente card > card.txt` pour votre partenaire, `entente link add` pour le sien, `entente serve`. Gardez node.keys et sa sauvegarde à part du reste : sans elle, rien ne se lit.
cli-need-password = il faut un mot de passe pour { $x } : une ligne chacun sur l’entrée standard
cli-short-password = le mot de passe de { $x } doit avoir au moins 12 caractères
cli-no-terminal = pas de terminal pour demander un mot de passe : utilisez --password-stdin
cli-ask-password = Mot de passe pour { $x } (12 caractères ou plus) :
cli-once-more = Encore une fois :
cli-passwords-differ = les deux mots de passe diffèrent : rien n’a été changé
cli-charter-proposed = proposée ; les deux parties signent, puis la partie invitante la met en vigueur
cli-charter-signed = signée
cli-charter-enacted = en vigueur
cli-charter-sure = Ceci engage notre État. Lisez ce qui est montré ci-dessus, puis confirmez par --yes.
cli-charter-lapsed = { $x } : { $y }
cli-nothing-proposed = rien n’a encore été proposé
cli-no-proposal = aucune proposition n’attend cela de ce nœud
cli-proposals = plusieurs propositions : choisissez avec --proposal
cli-charter-done = Charte : { $x }. Écriture { $y }
cli-charter-terms = En vigueur : version { $x }, convoquée par { $y }
cli-charter-by = par { $x }, signés par { $y }
cli-terms-file = Termes illisibles : { $x }
cli-erase-sure = Ce qui est effacé ne revient pas : confirmez par --yes.
cli-binds-sure = Ceci engage notre État : `entente charter show` montre les termes. Confirmez par --yes.
cli-statement = [{ $x }] par { $y }
cli-proposed = Proposé, à confirmer par une personne :
cli-because = car : { $x }
cli-need-title = il faut un titre : --title
cli-imported = Importé comme dossier { $x }. Ses engagements proposés attendent d’être confirmés sur sa page.
cli-imported-count = Dossiers importés : { $x }
cli-officer-changed = L’agent { $x } est changé.
cli-officer-in = L’agent { $x } peut de nouveau entrer.
cli-officer-unbound = Le compte de { $x } chez le fournisseur est délié.
cli-absence-set = { $x } agit pour { $y } pendant ces jours.
cli-absence-ended = Plus personne n’agit pour { $x }.
cli-absence-none = Personne n’agit pour personne.
cli-officer-out = L’agent { $x } n’entre plus.
cli-officer-invited = Remettez à { $x } ce lien, précédé de l’adresse du nœud ; il vaut 72 heures et une fois : { $y }
cli-officer-added = L’agent { $x } est ajouté.
cli-policy-may = Permis à { $x } : { $y }.
cli-policy-may-not = Non permis à { $x } : { $y }.
cli-policy-who = Rôles : { $x }. Services : { $y }.
cli-policy-through = Participe au dossier par { $x }.
cli-policy-floor = Par le socle qu’aucune politique n’assouplit : { $x }.
cli-policy-condition = Mais sous les conditions de l’auteur de l’écriture : { $x }.
cli-policy-none = Aucune politique ne le permet, et ce qui n’est pas permis est refusé.
cli-policy-permits = Permis par la politique { $x } : { $y }
cli-policy-forbids = Interdit par la politique { $x } : { $y }
cli-policy-open-to = Dans les mêmes services, ce serait ouvert à : { $x }.
cli-policy-open-to-nobody = Dans les mêmes services, ce ne serait ouvert à personne.
cli-policy-about = dites de quoi il s’agit : l’identifiant d’un dossier ou d’une écriture ; ou un type, pour un dossier à venir
cli-policy-about-node = cela concerne le nœud, et aucun dossier
cli-policy-sound = Politiques : { $x }, toutes valables.
cli-policy-lacks = À voir : aucune politique ne permet à quiconque cette action, venue avec un programme plus récent : { $x }. La politique par défaut { $y } la permet. Reprenez-la d’entente policy defaults, sauf si personne ne doit la faire.
cli-policy-retired = À voir : la politique { $x } n’est plus parmi celles par défaut, car le programme tient lui-même ces conditions. Tant qu’elle est là, elle interdit aussi ce qu’un auteur a permis : retirez-la.
cli-policy-written = Les politiques par défaut sont écrites dans { $x }. Modifiez-les, vérifiez-les par entente policy check, puis placez ce répertoire dans celui des données sous le nom policies.
cli-fingerprint = empreinte de { $x } : { $y }
cli-fingerprint-why = lisez-la à votre partenaire par une autre voie : ne l’envoyez jamais avec la carte.
cli-proves-nothing = ceci ne prouve rien : { $x }
cli-valid = Valable. Écriture { $x }
cli-written-by = { "  " }écrite par { $x } (empreinte { $y })
cli-held-by = { "  " }détenue par { $x } (empreinte { $y })
cli-held-since = { "  " }depuis { $x }
cli-place = { "  " }place { $x } sur { $y } au registre
cli-body-matches = { "  " }contenu conforme
cli-body-absent = { "  " }contenu absent
cli-generation = La génération { $x } du registre a commencé après que les deux nœuds ont convenu des { $y } lignes d’avant.
cli-key-changes = { "  " }changements de clé : { $x }
cli-compare = Comparez les deux empreintes à celles auxquelles vous vous fiez : le fichier ne peut en répondre lui-même.
cli-exists = { $x } existe : nommez un nouveau répertoire
cli-backed-up = Sauvegardé dans { $x } ; fichiers : { $y }.
cli-keep-apart = Gardez { $x } à part du reste et détruisez ses copies dans les 30 jours.
cli-files-carried = Fichiers apportés et relus : { $x } ; déjà présents : { $y }.
cli-files-damaged = Fichiers laissés de côté parce qu’ils sont abîmés : { $x }. Ceux d’un partenaire lui seront redemandés à la lecture.
cli-no-folder = { $x } n’est pas un répertoire : rien n’a été changé
doctor-bucket = l’espace des fichiers écrit, liste, relit et supprime
doctor-versions = l’espace des fichiers ne garde pas ce qui est supprimé
doctor-versions-never = aucune version n’a jamais été gardée
doctor-versions-once = des versions ont été gardées autrefois : détruisez celles qui restent
doctor-versions-kept = des versions sont gardées
doctor-versions-untold = le serveur ne le dit pas : vérifiez-le chez votre fournisseur
doctor-provider-off = la connexion par lui est coupée : { $x }
doctor-provider = le fournisseur OpenID se décrit et montre ses clés
cli-never-restored = Ce nœud n’a jamais été rétabli depuis une sauvegarde.
cli-restored = Rétabli le { $x } ; journal de la sauvegarde jusqu’au { $y }.
cli-gave-back = { $x } a rendu de notre registre : { $y } inscriptions.
cli-closed = Fermé : rien n’est montré ni écrit avant que chaque partenaire ait été entendu (ou : entente recover --alone --reason "…").
cli-opened-alone = Ouvert sans attendre les partenaires le { $x }.
cli-reopened = Rouvert le { $x } : chaque partenaire a été entendu.
cli-missing = { $x } manque : une sauvegarde a les répertoires data et keys
cli-not-empty = { $x } n’est pas vide : rien n’a été changé
cli-file-exists = { $x } existe déjà : nommez un nouveau fichier
cli-unwritable = { $x } ne peut être écrit : { $y }
cli-packing = préparation
cli-unpacking = ouverture
cli-bundle-for = Pli pour { $x } : { $y }.
cli-bundle-from = Pli de { $x } : { $y }.
cli-bundle-carry = Portez-le là-bas. Seul un pli en retour dit qu’il est arrivé.
cli-bundle-return = Renvoyez-en un : c’est ainsi seulement que le partenaire sait que celui-ci est arrivé.
cli-sealing-key = faite { $x }, jusqu’à { $y }
cli-key-destroyed = détruite
cli-key-current = les partenaires scellent pour elle
cli-key-opens = ouvre encore
cli-key-rotated = Ce nœud a une nouvelle clé de signature. Empreinte pour de nouveaux partenaires : { $x }
cli-key-rotated-next = Les partenaires suivent d’eux-mêmes : personne n’a à comparer de nouveau. Faites une sauvegarde maintenant, car les précédentes n’ont pas cette clé : `entente backup`.
cli-restart-proposed = La proposition est dans { $x }. Portez-la au coordonnateur de { $y } par n’importe quelle voie, et lisez l’empreinte à voix haute par une autre. Rien n’est envoyé tant que la réponse n’est pas prise ici.
cli-restart-accepted = Le registre de { $x } recommence ici. Rapportez la réponse, dans { $y }, à son coordonnateur : le lien reprend quand elle y est prise.
cli-restart-part = Ce qu’apporte cette partie de la réponse de { $x } est conservé, et il en reste. Portez { $y } à son coordonnateur, qui l’accepte comme une proposition, puis prenez ici la partie suivante.
cli-restart-concluded = { $n ->
    [one] Le registre de ce nœud recommence ; { $n } écriture est revenue qui n’était pas ici. Le lien reprend.
   *[other] Le registre de ce nœud recommence ; { $n } écritures sont revenues qui n’étaient pas ici. Le lien reprend.
    }
cli-restart-none = Aucun registre de ce lien n’a recommencé, et rien n’est proposé.
cli-restart-waits = Le lien attend la réponse de { $x }.
cli-restart-withdrawn = La proposition à { $x } est retirée : le lien continue comme avant. Si le partenaire l’a déjà acceptée, prenez tout de même sa réponse.
cli-restart-agreed = Ce qui a été convenu est dans { $x }. Portez-le au coordonnateur de { $y } : là-bas, `entente register restart accept`.
cli-restart-again = Ce que ce nœud a convenu avec { $x } vaut de nouveau : le lien reprend.
cli-restart-need-out = Nommez un fichier pour la réponse par --out.
cli-restart-no-coordinator = Aucun agent de ce nœud n’est coordonnateur : ajoutez-en un, car seuls les coordonnateurs en conviennent.
restart-register = Registre de { $x } vers { $y }
restart-generation = La génération { $x } se termine, la génération { $y } commence
restart-ground-fork = Motif : deux histoires de ce registre ont été signées
restart-ground-key-lost = Motif : la clé qui le signait est perdue
restart-ground-key-compromised = Motif : la clé qui le signait est peut-être connue d’autres
restart-proposed-at = Proposé { $x }, quand il comptait { $y } lignes
restart-fingerprint = Il commence avec la clé de cette empreinte, à comparer de vive voix : { $x }
restart-agreed = Convenu jusqu’à { $x } lignes, { $y }
restart-root = Racine à cet endroit : { $x }
cli-key-begun = Ce nœud commence avec une autre clé de signature. Empreinte à lire à chaque partenaire : { $x }
cli-key-begun-next = Rien n’y mène depuis la clé d’avant : proposez à chaque partenaire que le registre de ce nœud recommence, `entente register restart propose`. Faites une sauvegarde maintenant : `entente backup`.
cli-key-first = La clé de signature est la première de ce nœud ; elle n’a jamais été changée.
cli-key-line = changée { $x }, signée par les deux clés : { $y }
cli-key-waits = { $x } n’a pas encore confirmé le dernier changement
cli-key-knows = { $x } a confirmé le dernier changement
cli-key-partner-changed = { $x } a changé sa clé de signature le { $y }, signée par les deux clés
cli-tls-rotated = Ce nœud a une nouvelle clé TLS. Elle est présentée dès que chaque partenaire l’a confirmée, au plus tard le { $x }. Empreinte à partir de là : { $y }
cli-tls-rotated-now = Ce nœud a une nouvelle clé TLS et la présente dès maintenant ; les partenaires qui suivent le changement n’acceptent plus l’ancienne. Empreinte : { $x }
cli-tls-rotated-next = Les partenaires suivent d’eux-mêmes : personne n’a à comparer de nouveau. Faites une sauvegarde maintenant, car les précédentes n’ont pas cette clé : `entente backup`. `entente key list` dit qui l’a confirmée.
cli-tls-unable = Le programme de { $x } ne suit pas un changement de clé TLS : il refuserait la nouvelle. Faites-le d’abord mettre à jour. Si d’autres peuvent connaître l’ancienne clé, changez-la sur-le-champ avec --now : ce lien reste alors fermé jusqu’à la mise à jour du partenaire.
cli-tls-line = clé TLS changée { $x }, signée par les deux clés et la clé de signature : { $y }
cli-tls-next = la nouvelle clé TLS n’est pas encore présentée ; empreinte quand elle le sera : { $x }
cli-tls-waits = { $x } n’a pas encore confirmé la dernière clé TLS
cli-tls-partner-changed = { $x } a changé sa clé TLS le { $y }, signée par les deux clés et la clé de signature
## Courier
courier = Courrier
courier-to = Par courrier vers { $x }
courier-why = Là où il n’y a pas de ligne : un fichier scellé que l’on porte. Il contient écritures, fichiers et récépissés ; seul un pli en retour dit qu’ils sont arrivés.
courier-not-received = { $n ->
    [one] Une de nos demandes n’a pas été reçue à temps : préparez un pli.
   *[other] { $n } de nos demandes n’ont pas été reçues à temps : préparez un pli.
    }
courier-packed = Dernier pli préparé ici
courier-unpacked = Dernier pli ouvert ici
courier-none = aucun encore
courier-entries = { $n ->
    [one] { $n } écriture
   *[other] { $n } écritures
    }
courier-files = { $n ->
    [one] { $n } fichier
   *[other] { $n } fichiers
    }
courier-key = Scellé pour sa clé
courier-key-until = valable jusqu’au
courier-pack = Télécharger un pli
courier-file = Pli reçu
courier-unpack = Déposer et ouvrir
courier-limit = Jusqu’à { $x } ici ; la ligne de commande accepte toute taille. Tant qu’une connexion est établie, ce qui attend part automatiquement.
courier-file-missing = Choisissez d’abord le fichier du pli.
fail-courier = Ce pli n’a pas été accepté
blame-courier = Rien n’a été appliqué et rien n’est perdu.
blame-courier-part = Une partie a été appliquée : ouvrez de nouveau le même fichier, il reprend là où il s’est arrêté.
courier-blame-carrier = En cause : le transport, pas le partenaire.
courier-blame-sender = En cause : le nœud expéditeur, ou quelqu’un en son nom.
courier-blame-ours = En cause : ce nœud.
courier-blame-nobody = Personne n’est en cause.
courier-fault-not-a-bundle = Ce fichier n’est pas un pli.
courier-fault-version = Ce pli est d’une version que ce nœud ne connaît pas : l’un des deux doit être mis à jour.
courier-fault-cut-short = Le fichier a été tronqué : redemandez-le entier.
courier-fault-altered = Le fichier a été altéré : redemandez-le.
courier-fault-not-signed = Le nœud qu’il nomme ne l’a pas signé : ne vous fiez pas à qui l’a apporté.
courier-fault-former-key = Son expéditeur a remplacé la clé qui l’a signé : demandez un nouveau pli. Rien n’est perdu, le suivant porte tout.
courier-fault-for-another = Il est destiné au nœud { $x } : portez-le là-bas.
courier-fault-from-another = Il vient du nœud { $x } : ouvrez-le sur la page de ce partenaire.
courier-fault-own = Il a été préparé ici : portez-le au partenaire.
courier-fault-stranger = Son expéditeur n’est pas un partenaire de ce nœud.
courier-fault-key-destroyed = Il est resté trop longtemps en route : sa clé a été détruite. Demandez-en un nouveau.
courier-fault-key-unknown = Il est scellé pour une clé que ce nœud n’a pas. Envoyez notre carte actuelle au partenaire et demandez un nouveau pli.
courier-fault-gap = Il manque un pli précédent : celui-ci commence à { $x }, nous détenons { $y }. Ouvrez le précédent, ou envoyez un pli en retour.
courier-fault-contradiction = Les historiques du partenaire se contredisent. La preuve est conservée : parlez à son coordonnateur.
courier-fault-own-behind = Le partenaire détient davantage de notre registre que nous : ce nœud doit d’abord être rétabli.
courier-fault-over-quota = Le quota du jour du partenaire est épuisé : ouvrez le même pli demain.
courier-fault-no-key = La carte de { $x } ne porte pas de clé de scellement : demandez sa carte actuelle et épinglez-la.
courier-fault-key-past = La clé de { $x } est arrivée à son terme : demandez sa carte actuelle et épinglez-la ; l’empreinte reste la même.
courier-fault-program = Le programme qui l’a préparé est en cause.
courier-fault-ours = Ce nœud n’a pas pu lire ou préparer le pli.

condition-title = Condition posée par son auteur (H3)
condition-no-text = Son auteur n’a pas donné de texte : demandez-le-lui.
condition-waits = Le contenu attend que vous confirmiez avoir lu la condition de son auteur.
condition-confirm = J’ai lu cette condition et je la respecterai
condition-commits = Qui confirme s’y engage pour son service :
condition-own-words = Dans les mots de son auteur :
condition-read = vous avez confirmé l’avoir lue
condition-until = aucun usage après le
condition-ended = Le délai fixé par son auteur est passé : le contenu n’est plus montré.
condition-added = conditions durcies ensuite :
condition-bars = Les conditions de son auteur interdisent sans son autorisation :
permission-ask = demander son autorisation
permission-asked = autorisation demandée
permission-holds = autorisation de son auteur
permission-over = autorisation expirée
permission-until = jusqu’au
permission-proceedings = procédure :
permission-whom = pour :
print-barred = Ce contenu ne s’imprime pas : les conditions de son auteur l’interdisent sans son autorisation.
print-waits = Ce contenu ne s’imprime pas tant que vous n’avez pas confirmé avoir lu la condition de son auteur.
print-under = Sous les conditions de son auteur :
entry-tighten = durcir les conditions de cette écriture
proof-permitted = Exportée en vertu de l’autorisation
file-waits = un fichier que les conditions de son auteur retiennent
fail-condition = Les conditions de son auteur ne le permettent pas
blame-condition = Rien n’est sorti. L’écriture dit de quelle condition il s’agit et ce qui la lève : confirmer qu’on l’a lue, ou demander une permission.
act-wants = demande d’autoriser :
act-permits = autorise :
act-tightens = durcit les conditions de
act-confirms = confirme avoir lu la condition de
act-keeps = conserve les contenus jusqu’au
act-holds = gèle l’effacement
act-holds-until = jusqu’au
act-lifts = lève le gel
act-expired = a détruit tout ce que son nœud détenait de ce dossier d’avant le
given-waits = attend que vous confirmiez la condition de son auteur
## Rectification : qui l'a reçu, ce qui est juste
corrected-by = Rectifié par
corrected-old = Ci-dessous le texte d’origine, qui était faux et reste tel qu’il a été signé.
evaluated-otherwise = Évalué autrement
evaluated-both = L’évaluation de chacun reste inscrite : personne ne remplace celle de l’autre.
evaluated-paragraph = Paragraphe { $n } :
evaluated-whole = Tout le renseignement :
evaluated-open = La partie qui a donné le renseignement n’a pas encore répondu.
evaluated-agreed = Évaluation convenue :
evaluated-kept = Évaluation maintenue
corrected-since = rectifié depuis
recipients = Qui l’a reçue
recipients-why = Par le lien ou par courrier, d’après les récépissés. Une rectification part vers tous, là où chacun la détient, et chacun doit dire ce qu’il en a fait et qui il avait avisé.
recipients-what = Ce qu’il détient
recipients-where = Dans le dossier
recipients-itself = l’écriture
recipients-release = sa communication
recipients-elsewhere = un dossier auquel vous ne participez pas
recipients-corrected = Rectification
recipients-asked = envoyée
entry-rectify = Rectifier pour tous
proof-corrected = Cette écriture a été rectifiée : joignez à sa preuve celle de la rectification,

## Lettre à la personne
letter = Lettre à la personne
letter-none = Nous n’avons encore rien dit à la personne dans ce dossier : la lettre naît d’une décision, d’un refus ou d’une prolongation.
letter-print = Page à imprimer ; le nom et l’adresse se portent sur le papier.
letter-recorded = L’avoir ouverte est inscrit comme une exportation.
letter-from = ce qui y est dit
letter-untranslated = Vos paragraphes ne sont pas dans la langue de la personne.
letter-ref = Réf.
letter-to = À :
letter-subject = Objet : exercice de vos droits —
letter-salutation = Madame, Monsieur,
letter-received = Nous avons reçu votre demande le { $x }.
letter-granted = Nous y avons fait droit.
letter-in-part = Nous y avons fait droit en partie.
letter-no-data = Nous ne détenons aucune donnée sur vous.
letter-desisted = Nous prenons acte de ce que vous y renoncez.
letter-transferred = Elle ne relève pas de nous : nous l’avons transmise à l’autorité compétente.
letter-competent = Autorité saisie :
letter-refused = Nous ne pouvons pas y faire droit.
letter-ground = Motif :
letter-neither = La loi ne nous permet ni de confirmer ni d’infirmer que des données sur vous sont traitées.
letter-extended = Nous vous répondrons au plus tard le { $x }.
letter-reason = Raison du délai :
letter-remedies = Vos recours
letter-remedy-authority = Vous pouvez adresser une réclamation, sans frais, à l’autorité de contrôle de la protection des données.
letter-remedy-indirect = L’autorité de contrôle de la protection des données peut, à votre demande et sans frais, vérifier à votre place et faire rectifier ou effacer ce qui doit l’être.
letter-remedy-court = Vous pouvez saisir le juge compétent.
letter-remedy-both = Si ces données ont été échangées avec un autre État, l’autorité de contrôle de cet État vous est ouverte de même.
letter-sign = Pour
balance-rights = Demandes de droits répondues à temps
barred-no-charter = Aucune charte n’est en vigueur avec ce partenaire : rien ne peut être ouvert.
barred-not-in-charter = La charte en vigueur ne nomme pas ce type de dossier : rien n’en partirait. Proposez d’en changer les termes.
barred-older = Le programme du partenaire ne connaît pas encore ce type de dossier : il n’en recevrait rien. Attendez sa mise à jour.
## Oversight
fail-reason = Un motif est nécessaire
blame-reason = Le dossier que l’on traite est le motif d’une consultation ; en dehors, un motif est demandé.
reason-search = Cette recherche ne porte sur aucun dossier que vous traitez. Dites une fois pourquoi ; le motif vaut pour cette session.
reason-enter = D’autres agents traitent ce dossier, pas vous. Dites une fois pourquoi vous l’ouvrez ; le motif vaut pour ce dossier et cette session.
reason-export = Ce que vous exportez de ce dossier quitte le nœud. Dites une fois pourquoi ; le motif vaut pour ce dossier et cette session.
reason-text = Précision, en une ligne (nécessaire avec « autre »)
reason-choose = Votre motif
reason-recorded = Le motif est enregistré avec la consultation ; les inspecteurs le lisent.
input-fault-reason-text = Choisissez un motif ; avec « autre », ajoutez une ligne d’au plus 200 caractères.
oversight = Contrôle des accès
oversight-why = Qui a consulté quoi, quand et pourquoi. Aucun contenu. Vos propres consultations ici sont enregistrées aussi, et les autres inspecteurs les voient.
oversight-records = Traces d’accès
oversight-officer = Agent ou processus
oversight-service = Service
oversight-dossier = Dossier, p. ex. MA-12
oversight-operation = Opération
oversight-reason = Motif
oversight-outside = Seulement hors de ses dossiers
oversight-outside-mark = hors de ses dossiers
oversight-none = Aucune trace ne correspond.
oversight-when = Quand
oversight-who = Qui
oversight-unknown = sans connexion
oversight-what = Quoi
oversight-about = Dossier concerné
oversight-object = Objet
oversight-words = Mots cherchés
oversight-words-why = connus par leurs empreintes seules, qui se comparent et ne se lisent pas
oversight-recipients = Destinataires
oversight-lane = Chaîne
oversight-newest = Les plus récentes
oversight-older = Plus anciennes
oversight-findings = À regarder
oversight-findings-why = Des motifs récurrents dans les traces, avec leur raison. Rien n’en découle automatiquement : une personne regarde et juge.
oversight-findings-none = Rien de particulier.
finding-outside = Dossiers traités par d’autres lus en une semaine : { $x }.
finding-bulk = Éléments lus en une heure : { $x }.
finding-exports = Éléments exportés en un jour : { $x }.
finding-hunting = Recherches d’un même mot à travers les dossiers, en une semaine : { $x }.
finding-hours = Consultations hors des heures fixées : { $x }.
finding-with-reason = Dont avec un motif donné : { $x }.
finding-records = Voir ces traces
oversight-check = Intégrité des traces
check-whole = Toutes les traces sont entières.
check-broken = Une chaîne est rompue : des traces ont été changées ou manquent.
check-journal = Lignes du journal
check-unbroken = ininterrompue
check-lane-broken = rompue
check-witnesses = Témoins
check-witnesses-why = Chaque jour, chaque partenaire contresigne une empreinte du journal brouillée par un aléa : il n’en apprend rien.
check-witnesses-none = Aucun partenaire n’en a encore reçu.
check-witness-line = jusqu’à la ligne { $x }
check-witness-since = attestée par le partenaire le
check-witness-cosigned = contresignée par le partenaire
check-witness-waits = pas encore contresignée
check-witness-other = cette ligne du journal dit autre chose aujourd’hui
check-lanes = Chaînes
check-lanes-why = Chaque processus écrit dans sa propre chaîne, où chaque trace mène à la suivante.
check-lanes-more = Autres chaînes, ininterrompues ou plus anciennes : { $x }.
check-from = De
check-to = À
check-chain = État
oversight-inspections = Consultations des inspecteurs, en un an
oversight-inspections-why = Qui contrôle est vu de ses pairs.
oversight-looks = Consultations
cli-access-record = { $x } : { $y }
cli-access-next = Suite : --before { $x }
cli-reason-how = Ajoutez --reason avec l’un de { $x } et, au besoin, --why.
input-fault-extract-large = Trop de traces pour un seul fichier : resserrez les filtres.
oversight-export = Exporter, signé
cli-extract-nothing = Ce fichier ne prouve rien : { $x }
cli-extract-signed = Traces d’accès de { $x }, signées par la clé { $y }
cli-extract-made = Exportées le { $x }
cli-extract-lane = Chaîne ininterrompue { $x } ; traces demandées : { $y }
cli-extract-compare = Comparez l’empreinte avec celle de la carte du nœud, ou nommez-la avec --signed-by.
## Second signature: what waits, and what is read before it leaves
fail-signature = Il manque une signature
blame-signature = Rien n’a été enregistré ni envoyé. Le texte est gardé sur votre page.
form-submit = Soumettre à la seconde signature
second-needed = Seconde signature :
second-means = ce texte part quand un autre agent de votre nœud l’a lu tel quel et approuvé. Vous le retrouvez dans « Aujourd’hui ».
alone = Vie en danger ou délai urgent : envoyer tout de suite
alone-why = Pourquoi il n’y a pas le temps, en une ligne
alone-means = Remplie, cette ligne fait partir le texte sous votre seule signature. Elle reste à votre nœud ; un autre agent doit signer dans les 24 heures, et un refus est noté pour l’inspecteur.
preview-button = Lire comme le lira le partenaire
preview-button-here = Lire tel que ce sera enregistré
preview-heading = Tel que le lira le partenaire
preview-heading-here = Tel que ce sera enregistré ici
preview-nothing-sent = Rien n’est enregistré ni envoyé. Fermez cette fenêtre pour revenir au formulaire.
preview-title = Ce qui part
preview-title-here = Ce qui est enregistré ici
preview-readers = Qui pourra le lire
preview-states = États
preview-services = Services
preview-conditions = Conditions
preview-no-condition = aucune au-delà de la classification
preview-own-only = Personne hors de votre nœud : cette écriture ne part jamais.
preview-pseudonym = Hors de votre nœud, agents et approbateur paraissent sous un pseudonyme.
preview-unnamed = sous un pseudonyme
today-signatures = Signatures
draft-waits = À lire et à signer avant l’envoi
draft-waits-here = À lire et à signer avant que cela prenne effet
draft-mine-waits = Attend la seconde signature
draft-returned = Rendu par le second agent
draft-unsigned = Parti sous une signature : la seconde est due
draft-refused = Parti, et la seconde signature est refusée
draft-dossier = Dossier
draft-opens = dossier à ouvrir
draft-due = Signature attendue avant
draft-overdue = en retard
draft-left-as = Parti comme
draft-read-left = Lire ce qui est parti
draft-cannot-leave = Ne peut pas être enregistré tel quel.
draft-stale = Quelque chose est arrivé dans le dossier depuis sa rédaction : son auteur doit le relire et le récrire.
draft-irregular = Le dossier ne l’admet plus, ou un champ n’est plus valable : son auteur doit le récrire.
draft-ground = Motif :
draft-ground-alone = Parti sans attendre, parce que :
draft-decide = Décider
draft-approve = Approuver : cela part
draft-approve-here = Approuver : cela prend effet ici
draft-approve-means = Part exactement ce qui est montré ci-dessus, au nom de son auteur ; vous en êtes l’approbateur. Le brouillon est ensuite détruit.
draft-approve-means-here = Ce qui est montré ci-dessus est enregistré tel quel dans ce nœud, au nom de son auteur ; vous en êtes l’approbateur. Rien ne part. Le brouillon est ensuite détruit.
draft-return = Rendre à son auteur
draft-say-why = Motif, en une ligne
draft-rewrite = Récrire
draft-rewrite-means = Le formulaire reprend votre texte ; les fichiers sont à choisir de nouveau. Ce brouillon est détruit quand le nouveau est soumis.
draft-take-back = Reprendre et détruire
draft-with-author = Son auteur doit le récrire ou le reprendre.
draft-sign = Signer après coup
draft-refuse = Refuser la signature
draft-other-signs = Un autre agent de votre nœud doit signer.
draft-refused-means = Le refus est noté pour l’inspecteur. Ce qui est parti se retire, se rectifie ou s’efface :
draft-withdraw-there = Retirer, dans le dossier
draft-correct = Rectifier par une note
draft-settle = Les suites sont données : clore
terms-four-eyes = textes et fichiers partent sous deux signatures
signing-fault-author-gone = Son auteur n’écrit plus ici.
signing-fault-lost = Le texte n’était dans aucune sauvegarde : il est à récrire.
signing-fault-needs-second = Il y faut la signature d’un second agent.
signing-fault-own = Ce que vous avez écrit, un autre agent doit le signer.
signing-fault-nobody = Aucun autre agent de ce nœud ne peut signer cela.
signing-fault-no-ground = { $n ->
    [one] Dites pourquoi en une ligne, en { $n } caractère au plus.
   *[other] Dites pourquoi en une ligne, en { $n } caractères au plus.
    }
assurances-required = Exigé de qui reçoit :

# node.keys : la forme sous laquelle il est gardé
cli-keys-clear = `node.keys` est gardé en clair : qui peut le lire a les clés du nœud.
cli-keys-passphrase = `node.keys` est gardé sous une phrase de passe (Argon2id, { $x } Mio, { $y } passes).
cli-keys-token = `node.keys` est gardé sous une clé du jeton { $x } : { $y }.
cli-keys-module = Module du jeton : { $x }
cli-keys-wrapped-next = Les processus en cours continuent et n’ont besoin de rien ; le prochain démarrage prend la nouvelle forme. Les copies d’avant s’ouvrent toujours comme avant : sauvegardez maintenant avec `entente backup` et détruisez-les dans les 30 jours.
cli-keys-ask-passphrase = Phrase de passe de `node.keys` :
cli-keys-ask-new-passphrase = Nouvelle phrase de passe de `node.keys` :
cli-keys-ask-pin = Code PIN du jeton :
cli-keys-open = { $x } peut être lu par d’autres : rendez-le lisible par son seul propriétaire (chmod 600)
cli-keys-no-secret = `node.keys` demande une phrase de passe ou un code PIN et rien n’en donne : démarrez depuis un terminal, ou donnez le secret entente.keys (LoadCredential= de systemd) ou un descripteur nommé par ENTENTE_KEYS_FD
cli-keys-no-new-secret = il faut la nouvelle phrase de passe ou le nouveau code PIN, et rien ne les donne : tapez-les dans un terminal, ou donnez le secret entente.keys.new (LoadCredential= de systemd) ou un descripteur par --new-fd
cli-keys-secret-unreadable = { $x } ne donne ni phrase de passe ni code PIN : une ligne de 4 096 octets au plus y est attendue
cli-keys-secrets-differ = les deux saisies diffèrent : rien n’a été changé
cli-keys-passphrase-weak = cette phrase de passe est trop courte ou parmi celles que l’on devine d’abord : prenez { $x } caractères ou plus, par exemple six mots tirés au sort
cli-keys-wrong-passphrase = ce n’est pas la phrase de passe de `node.keys`
cli-keys-damaged = `node.keys` n’est pas un fichier de clés, ou n’en est qu’une partie : remettez-en la copie la plus récente (répertoire keys/ d’une sauvegarde)
cli-keys-newer = `node.keys` a été écrit par une version plus récente de ce programme : lancez cette version
cli-keys-altered = la phrase de passe convient, et `node.keys` a été modifié depuis qu’il a été écrit : remettez-en la copie la plus récente et cherchez qui l’a changé
cli-keys-greedy = `node.keys` demande plus de mémoire ou de temps qu’aucun fichier de clés de ce programme : il a été modifié ; remettez-en la copie la plus récente
cli-keys-memory = il n’y a pas assez de mémoire pour ouvrir `node.keys` : il faut 256 Mio pendant une seconde
cli-keys-bug = erreur interne : les clés n’ont pas pu être scellées
cli-keys-module-absent = { $x } : aucun module PKCS#11 ne peut être chargé de là : installez la bibliothèque du jeton, ou indiquez sa place par `keys.module`
cli-keys-module-open = { $x } : un module doit être nommé par son chemin entier et ne pas être modifiable par d’autres
cli-keys-token-absent = le jeton { $x } n’est pas là : branchez-le et redémarrez ; rien n’a été tenté
cli-keys-token-several = plusieurs jetons { $x } sont là : ne laissez que le bon
cli-keys-object-absent = le jeton n’a pas de clé AES ou RSA de ce nom
cli-keys-object-several = le jeton a plusieurs clés de ce nom : désignez-en une par --object-id
cli-keys-object-taken = le jeton a déjà une clé de ce nom : omettez --make pour l’employer, ou prenez un autre nom
cli-keys-object-leaves = cette clé peut sortir du jeton et ne protégerait rien : elle doit être sensible et non extractible
cli-keys-object-other = la clé du jeton n’ouvre pas `node.keys` : c’est une autre clé du même nom, ou `node.keys` a été modifié
cli-keys-pin-wrong = le jeton a refusé le code PIN. Il a été essayé une fois et ne le sera plus : un jeton se bloque après quelques codes faux
cli-keys-pin-doubtful = le jeton dit que le dernier code PIN était faux : celui-ci n’est pas essayé à moins qu’une personne ne le saisisse. Démarrez une fois depuis un terminal
cli-keys-pin-locked = le jeton est bloqué après trop de codes PIN faux : débloquez-le avec le code de l’officier de sécurité
cli-keys-token-failed = le jeton a échoué ({ $x }) : rien n’a été changé
cli-keys-differs = le nouveau fichier ne s’ouvre pas sur les mêmes secrets : celui d’avant reste
input-fault-storage-key-under-way = Tout n’est pas encore sous la nouvelle clé de stockage, ou les processus en cours ont eu moins de dix minutes pour l’apprendre : attendez, puis terminez à nouveau le changement.
input-fault-storage-key-gone = La clé de stockage de ce nœud a été changée sur une autre machine, et `node.keys` n’a ici que celle d’avant : apportez ici une copie, protégée, du `node.keys` de cette machine, puis redémarrez.
cli-keys-change-none = La clé de stockage n’a jamais été changée.
cli-keys-change-on = La clé de stockage est en cours de changement depuis { $x } ; clés enveloppées à nouveau : { $y }.
cli-keys-change-complete = Tout est sous la nouvelle clé de stockage ; celle d’avant ouvre encore sur les machines qui l’ont. Quand chaque machine a la nouvelle, et dix minutes après le début : `entente key rotate --storage --end`.
cli-keys-change-ended = La clé de stockage a été changée ; celle d’avant a été abandonnée le { $x }.
cli-keys-change-next = Sauvegardez maintenant : les sauvegardes d’avant s’ouvrent avec le `node.keys` qu’elles contiennent, pendant les 30 jours qu’elles vivent.
cli-backup-again = la clé de stockage a été changée pendant la sauvegarde, ses parties ne vont donc pas ensemble : { $x } est incomplète ; détruisez-la et faites-en une autre
cli-keys-changed-form = `node.keys` a une autre forme qu’au démarrage de ce processus, la nouvelle clé de stockage n’a donc pas pu y être écrite : redémarrez ce processus
admission-title = Accès par numéro
admission-ask = Demander l’accès à un dossier
admission-offer = Si vous connaissez le numéro d’un dossier nécessaire à votre travail, demandez-y accès. La réponse est ici la même quel que soit le numéro : si ce dossier existe et que l’accès est donné, vous le trouvez parmi vos dossiers.
admission-number = Numéro, tel que MA-12
admission-service = Service qui participerait
admission-own = Mes demandes d’accès
admission-own-why = Une demande prend fin d’elle-même après trente jours. Rien d’autre n’en est dit, quel que soit le numéro : si l’accès est donné, le dossier est parmi les vôtres.
admission-none = Vous n’avez rien demandé depuis trente jours.
admission-until = prend fin le
admission-to-decide = Demandes d’accès
admission-to-decide-why = Pour des dossiers dont vous répondez. À qui demande, il n’est dit ni que le dossier existe ni que vous avez refusé.
admission-grant = Faire entrer le service
admission-refuse = Refuser l’accès
admission-means = { $x } participera au dossier ; l’autre partie le verra aussi.
admission-barred-policy = Les règles de ce nœud ne laissent pas cet agent voir de tels dossiers : l’accès ne peut qu’être refusé.
admission-barred-convenor = Seul { $x } fait entrer des services dans ce dossier : proposez-le là-bas par une note. Ici l’accès ne peut qu’être refusé.
admission-figures = Demandes d’accès depuis trente jours : { $x }, dont { $y } pour un numéro qui n’est celui d’aucun dossier ici.
finding-asking = Demandes d’accès par numéro, en une semaine : { $x }.
input-fault-admission-number = Écrivez le numéro du dossier avec son nœud, tel que MA-12.
agenda-across = À l’ordre du jour, venant d’autres groupes de finalités
agenda-more = Plus d’obligations sont en retard qu’il n’en a été parcouru pour cette liste : celles échues en premier y sont.
agenda-across-why = Seulement les lignes : ceux qui participent à ces dossiers connaissent le reste. Pour le secours et l’accompagnement, des nombres arrondis à la dizaine inférieure.
agenda-count = { $x } : au moins { $y }
brought = Employé ici à une autre fin
brought-why = Écritures d’autres dossiers qu’une décision permet d’employer dans celui-ci. Elles se lisent ici tant que la décision tient et que les conditions de leur auteur le permettent.
brought-decided = décidé le
cli-admission-asked = Demandé. La réponse est la même quel que soit le numéro.
cli-admission-decided = Fait.
input-fault-admission-most = { $n ->
    [one] Pas plus d’une demande d’accès en un jour.
   *[other] Pas plus de { $n } demandes d’accès en un jour.
}
statistics = Statistiques
statistics-csv = En fichier (CSV)
statistics-none = Aucun mois n’est encore publié : le premier le sera quand un mois aura pris fin.
statistics-window = Ce qui a été demandé dans les douze mois qui s’achèvent avec celui-ci, dans l’état où c’était à la publication :
statistics-how = Comment lire ces chiffres
statistics-few-means = le chiffre porte sur moins de { $x } personnes, ou sur aucune : ainsi personne n’y est reconnu.
statistics-withheld-means = un total dont un tel chiffre se déduirait par soustraction.
statistics-still = Un chiffre sur des personnes ne change que de { $x } au moins ; d’ici là, il reste celui d’un mois antérieur.
statistics-never = Il n’y a pas de filtre, et ce qui est publié ne change plus.
statistics-persons = Personnes qui se sont adressées à nous ; celles qui se sont adressées à un partenaire sont dans ses statistiques. Une demande compte pour une personne.
statistics-exact = Chiffres exacts : obligations entre services. Celles des dossiers sur les droits d’une personne n’y sont pas comptées.
statistics-total = Total
statistics-few = moins de { $x }
statistics-withheld = non publié
statistics-months = Autres mois
cli-recipients-none = Personne ne l’a reçue de nous.
oversight-own-looks = { $n ->
    [one] Une consultation de votre part
   *[other] { $n } consultations de votre part
}
finding-probing = Tentatives différentes refusées en une heure : { $x }.
oversight-taken = { $n ->
    [one] une écriture, empreinte
   *[other] { $n } écritures, empreinte
}
oversight-times = { $n ->
    [one] une fois encore dans la minute
   *[other] { $n } fois encore dans la minute
}
input-fault-inspector-key = Ce n’est pas la clé publique d’un inspecteur.
oversight-seal = Exporter pour un seul inspecteur
oversight-seal-to = Clé publique de l’inspecteur
oversight-seal-means = Telle que « entente oversight key » l’écrit sur la machine de l’inspecteur : seule la moitié secrète, qui y reste, ouvre le fichier.
oversight-seal-do = Exporter, scellé
cli-inspector-key = clé { $x } ; donnez { $y } au nœud et gardez l’autre fichier
cli-sealed-nothing = Cela ne s’ouvre pas : { $x }
cli-extract-sealed = Ces traces sont scellées : ouvrez-les d’abord par `entente oversight open`.
bridge-second = Le passage d’une finalité à une autre reste dans ce nœud ; il ne prend effet qu’une fois approuvé par un magistrat ou un coordonnateur autre que vous.
weigh-title = Signer avec votre clé d’accès
weigh-means = Cet acte engage, ouvre ou détruit : votre propre clé d’accès le signe. Elle signe exactement ce qui figure ici ; rien n’est enregistré avant.
weigh-over = Ce qui est signé : l’identifiant de cette écriture
weigh-press = Signer avec ma clé d’accès
weigh-failed = Aucune clé d’accès n’a répondu, ou ce navigateur n’en a pas. Rien n’est enregistré.
weigh-moved = Quelque chose est arrivé entre-temps dans le dossier : l’acte a été recomposé avec ce que vous aviez saisi. Rien n’est encore enregistré. Relisez et signez.
weigh-wrong = Cette clé d’accès ne convient pas, ou sa réponse est venue trop tard. Rien n’est enregistré : signez de nouveau.
weigh-back = Retour au dossier, sans rien enregistrer
signed-heading = Signature personnelle de l’agent
signed-valid = Une clé d’accès a signé cette écriture ; la signature est vérifiée.
signed-kept = Signée par une clé d’accès selon son nœud, qui garde la signature et s’est engagé sur elle. Il peut la communiquer.
signed-false = Ce qui a été envoyé comme signature de l’agent n’en est pas une.
signed-follows = Non signée pour elle-même : elle découle d’un acte qu’une clé d’accès a signé, et ne laisse rien à choisir.
signed-cause = cet acte
signed-not = Non signée par une clé d’accès.
signed-by = Signée par
signed-wrote = auteur de l’écriture
signed-approved = qui a approuvé l’écriture
signed-passkey = Clé d’accès
signed-host = Enregistrée sous
signed-told = Le partenaire a la signature entière.
signed-untold = Le partenaire n’a pas la signature entière : la même clé publique dans deux dossiers dirait que deux pseudonymes sont un seul agent.
signed-tell = Communiquer la signature au partenaire
signing-fault-needs-passkey = Votre propre clé d’accès doit signer cet acte : faites-le sur une page de ce nœud, dans un navigateur.
signing-fault-no-passkey = Les règles de ce nœud demandent ici la signature d’une clé d’accès : ajoutez-en une sur la page de votre compte.
weigh-waits = { $n ->
    [one] { $n } communication de la même décision attend un second agent, dont la clé d’accès la signera : elle n’est pas partie.
   *[other] { $n } communications de la même décision attendent un second agent, dont la clé d’accès les signera : elles ne sont pas parties.
    }
weigh-more = { $n ->
    [one] Il en reste { $n } à signer après celui-ci.
   *[other] Il en reste { $n } à signer après celui-ci.
    }
cli-officer-signed = { "  " }signée par la clé d’accès de l’agent { $x } (clé { $y })
cli-officer-none = { "  " }aucune signature d’agent par clé d’accès
cli-officer-doubtful = { "  " }la clé du nœud qui atteste à qui est cette clé d’accès a été déclarée compromise : cette attestation ne prouve rien
proof-officer = la signature de l’agent ne se vérifie pas
proof-officer-other = la signature de l’agent n’est pas de qui a écrit ou approuvé cette écriture
signed-of = Écriture signée

# Things of an investigation
things-title = Éléments de l’enquête
things-why = Chaque notice reste telle que sa partie l’a versée. Rien n’est classé par importance, et la recherche ne porte que sur ce dossier.
things-search = Chercher parmi ces éléments
things-not-printed = Des conditions interdisent d’imprimer certains de ces éléments : cette page ne s’imprime pas.
things-add = Ajouter un élément
things-withheld = { $n ->
    [one] { $n } écriture de plus n’est pas lisible ici : une condition l’attend, ou elle est effacée
   *[other] { $n } écritures de plus ne sont pas lisibles ici : une condition les attend, ou elles sont effacées
    }
things-choose-link = Choisissez à quoi relier
things-choose-same = Choisissez la notice à comparer avec
thing-joined = réuni avec
thing-joined-more = { $n ->
    [one] et une autre notice
   *[other] et { $n } autres notices
    }
thing-from = depuis { $x }
thing-to = jusqu’à { $x }
thing-from-to = { $x } – { $y }
thing-fact = fait
thing-assessment = appréciation
thing-rests-on = la contribution d’où cela vient
thing-records = Fiches du même élément
thing-records-why = Des personnes ont décidé que ces notices parlent du même élément. Elles restent côte à côte, telles que chaque partie les a versées.
thing-links = Liens
thing-link-to = Relier à un autre élément
thing-same-as = Dire si c’est le même qu’un autre
thing-decisions = Décisions
thing-decisions-why = Une décision se défait ; tout reste au dossier. Tant que quelqu’un dit que deux notices sont distinctes, elles ne sont pas réunies.
thing-undone = défaite
erase-speaks-of = Ce qui en parle
erase-speaks-of-why = Ces écritures de votre côté nomment ce que vous effacez. Ce qui est coché s’efface du même acte, partout où c’est détenu.
erase-apart = à effacer à part : d’autres États la détiennent
erase-here = n’a jamais quitté notre nœud
erase-theirs = { $n ->
    [one] { $n } écriture de l’autre Partie le nomme aussi : c’est à elle de l’effacer.
   *[other] { $n } écritures de l’autre Partie le nomment aussi : c’est à elle de les effacer.
  }
chart-title = Schéma relationnel
chart-why = Les chiffres valent pour ce que montre ce schéma maintenant, et pour personne en soi. Rien n’est classé, conservé, envoyé ni décidé d’après eux.
chart-not-printed = Cette page ne s’imprime pas : imprimez l’une de ses planches, qui porte ses conditions et ses sources.
chart-origin = Versé par
chart-what = Sorte d’élément
chart-relation = Sorte de lien
chart-least = Évalué au moins
chart-from = Valable du
chart-until = au
chart-thing = Élément
chart-around = Ce qui l’entoure
chart-steps = { $n ->
    [one] jusqu’à un lien de distance
   *[other] jusqu’à { $n } liens de distance
}
chart-to = Plus courts chemins vers
chart-marks = Taille des signes
chart-marks-same = tous pareils
chart-marks-links = selon les liens
chart-marks-between = selon l’intermédiarité
chart-groups = groupes
chart-cut = points d’articulation
chart-alone = aussi sans lien
chart-from2 = du
chart-until2 = au
chart-filters-more = Plus de filtres
chart-more-around = Autour d’un élément
chart-more-links = Liens
chart-more-look = Présentation
chart-more-second = Comparer à une période
chart-all = tout
chart-zoom-in = Plus grand
chart-zoom-out = Plus petit
chart-zoom-all = Vue entière
chart-keys = Les flèches déplacent le schéma, + et - changent sa taille, 0 le montre en entier ; Tab va d’un élément à l’autre.
chart-large = { $x } éléments sont trop pour un schéma lisible : filtrez, ou choisissez-en un et ce qui l’entoure.
chart-parts = { $x } parties de { $y } éléments chacune
chart-empty = Aucun lien ne répond à ce que vous avez choisi.
chart-none = Aucun lien n’a encore été versé : les éléments se relient sur leur page.
chart-path = { $n ->
    [0] C’est le même élément.
    [one] Ils sont liés directement.
   *[other] Les plus courts chemins entre eux comptent { $n } liens ; tous sont montrés.
}
chart-no-path = Aucun chemin de liens ne mène ici de l’un à l’autre.
chart-not-here = L’élément choisi n’est pas dans cette vue.
chart-legend = Signes :
chart-sign-ours = plein : de chez nous
chart-sign-theirs = double contour : d’un partenaire
chart-sign-sure = trait continu : B2 ou mieux
chart-sign-unsure = trait interrompu : moins sûr
chart-sign-unassessed = pointillé : non évalué
chart-sign-cut = anneau tireté : point d’articulation
chart-summary = { $x } éléments et { $y } liens. Le tableau sous le schéma dit la même chose en texte.
chart-linked = { $n ->
    [one] lié à un élément
   *[other] lié à { $n } éléments
}
chart-cut-point = point d’articulation
chart-group = groupe { $x }
chart-other = autre
chart-chosen = Dans cette vue :
chart-chosen-why = Ces chiffres décrivent une place dans cette vue de ce qui a été consigné. Ils ne disent rien de ce que quelqu’un a fait et ne prouvent rien. Des liens que personne n’a consignés les changeraient.
chart-f-links = Liens
chart-f-links-is = éléments qui lui sont liés, chacun compté une fois
chart-f-reach = Part de tous les autres
chart-f-reach-is = le même rapporté au nombre des autres (centralité de degré, Freeman 1978)
chart-f-between = Intermédiarité
chart-f-between-is = part des plus courts chemins entre les autres qui passent par lui (Freeman 1978)
chart-f-closeness = Proximité
chart-f-closeness-is = combien il est près de ceux qu’il atteint (Wasserman et Faust 1994)
chart-f-constraint = Contrainte
chart-f-constraint-is = combien ses contacts ramènent les uns aux autres ; faible là où il relie ce qui ne l’est pas (Burt 1992)
chart-f-closure = Fermeture
chart-f-closure-is = part des paires de ses contacts qui sont liées (Watts et Strogatz 1998)
chart-position-both = Liens et intermédiarité dépassent les moyennes de cette vue.
chart-position-broker = Peu de liens, et une intermédiarité au-dessus de la moyenne de cette vue : une place d’intermédiaire.
chart-position-links = Beaucoup de liens, et une intermédiarité sous la moyenne de cette vue.
chart-position-neither = Ni les liens ni l’intermédiarité ne dépassent les moyennes de cette vue.
chart-is-cut = Sans lui, sa partie de cette vue se romprait.
chart-estimated = L’intermédiarité est estimée à partir de { $x } éléments, car la vue est grande.
chart-missing = Si { $x } des paires liées manquaient, au hasard, en { $y } essais :
chart-range = entre { $x } et { $y }
chart-same-mark = la taille de son signe selon l’intermédiarité est restée la même { $x } fois sur { $y }
chart-decimal = ,
chart-whole = La vue
chart-v-things = Éléments
chart-v-pairs = Paires liées
chart-v-components = Parties
chart-v-density = Densité
chart-v-closure = Fermeture moyenne
chart-v-transitivity = Transitivité
chart-v-centralisation = Centralisation
chart-modularity = modularité { $x }
chart-timeline = Chronologie
chart-week = par semaines
chart-month = par mois
chart-quarter = par trimestres
chart-year = par années
chart-no-dates = Aucun lien n’est daté ici.
chart-slice = Quand
chart-links = Liens
chart-unsure = { $n ->
    [one] Dont un peut-être : ses dates ne disent qu’un mois ou une année.
   *[other] Dont { $n } peut-être : leurs dates ne disent qu’un mois ou une année.
}
chart-partial = Une date dont on ne connaît que l’année ou le mois vaut pour chacun de ses jours : ce qui ne tombe peut-être dans une tranche que par une telle date y est compté à part.
chart-slices = { $n ->
    [one] Une tranche
   *[other] { $n } tranches
}
chart-compare = comparer
chart-undated = { $n ->
    [one] Un lien est sans date et n’est dans aucune tranche.
   *[other] { $n } liens sont sans date et ne sont dans aucune tranche.
}
chart-changed = De cette période à l’autre
chart-stay = Dans les deux
chart-come = Dans l’autre seulement
chart-go = Dans celle-ci seulement
chart-pairs-changed = Paires dont le nombre de liens diffère
chart-now = Liens dans celle-ci
chart-then = Liens dans l’autre
chart-table = Les liens en texte
chart-end = Élément
chart-how = Comment
chart-when = Quand
chart-brought = Versé par
chart-evaluation = Évaluation
chart-source = Source
chart-entry = écriture
chart-more = Les { $x } premiers sont montrés ; le fichier les a tous.
chart-out = Imprimer et sortir
chart-out-why = Ce que les conditions de l’émetteur interdisent n’y est pas : l’impression (H2), les fichiers (H1, H2). L’un et l’autre sont enregistrés comme un export. Les chiffres n’y sont pas.
chart-plate-a4 = Planche A4
chart-plate-a3 = Planche A3
chart-graphml = GraphML
chart-csv-things = Éléments (CSV)
chart-csv-links = Liens (CSV)
chart-case = Dossier entier (CASE/UCO)
chart-case-why = Le dossier entier en CASE/UCO laisse de côté ce qui ne peut être emporté. Le fichier lui-même dit combien de fiches manquent et combien de fichiers sont sans empreinte ; entente evidence dossier le dit aussi.
cli-chart-forms = le nom du fichier doit se terminer par l’un de : { $x }
cli-chart-kind = Le dossier { $x } n’est pas une enquête : seule une enquête a des éléments, des liens et un graphe.
chart-drawn = état au { $x }
chart-sources = Sources des liens
chart-plate-remark = Un schéma montre ce qui a été consigné et rien d’autre. Une place n’y dit rien de ce que quelqu’un a fait.
chart-left-out = { $n ->
    [one] Une notice ou un lien n’est pas sur cette planche.
   *[other] { $n } notices ou liens ne sont pas sur cette planche.
}
chart-too-large = Il y en a trop pour une planche : filtrez, ou choisissez un élément et ce qui l’entoure.
chart-adopt = En faire mon appréciation
chart-adopt-why = Une contribution est préparée, avec méthode et limites : vous la complétez, l’évaluez et la signez.
chart-adopt-title = Place dans un schéma relationnel
chart-adopt-own = Mon appréciation :
chart-adopt-of = Élément de l’écriture { $x }, état au { $y }.
chart-adopt-view = Vue : { $x }.

# The agreement and the evaluation of an investigation
agreement-title = Accord d’enquête
agreement-versions = Versions
agreement-none = Aucun accord n’a encore été proposé.
agreement-amend = Proposer une autre version, ou prolonger
agreement-version = Version { $n }
agreement-proposed = attend une signature
agreement-in-force = en vigueur
agreement-replaced = remplacée
agreement-not-agreed = sans accord
agreement-signed-by = signée par
agreement-awaits = en attente de
agreement-signatures = Signatures
agreement-changes = Ce qui change par rapport à la version { $n }
agreement-no-change = Rien ne change.
agreement-period = Période
agreement-not-readable = Le texte de cette version n’est pas lisible ici : une condition l’attend, ou il est effacé.
agreement-one-language = Clause rédigée dans l’autre langue seulement.
agreement-means = En envoyant cette écriture, vous engagez votre État à cette version de l’accord. Elle n’entre en vigueur que signée par tous ; celle d’avant vaut jusque-là. Une signature ne se reprend pas.
evaluation-title = Évaluation
evaluation-figures = Chiffres du dossier
evaluation-figures-why = Comptés d’après les écritures et les obligations que les deux nœuds détiennent ; les deux parties lisent les mêmes. Ce qui reste chez soi n’est pas compté.
evaluation-words = Ce qu’en dit chaque partie
evaluation-counted = Compté
evaluation-contributions = contributions
evaluation-things = éléments versés
evaluation-links = liens versés
evaluation-asked = obligations reçues
evaluation-ended = dont terminées
evaluation-open = dont ouvertes
evaluation-overdue = dont en retard
evaluation-on-time = terminées à temps
evaluation-late = terminées en retard
evaluation-feedback-asked = retours dus
evaluation-feedback-given = retours faits
cli-evidence-unread = { $x } n’est pas lu : { $y }
cli-evidence-large = le fichier dépasse { $x } Mio
cli-evidence-deep = les imbrications sont trop profondes à l’octet { $x }
cli-evidence-many = trop de valeurs, de termes ou d’identifiants, ou l’un d’eux trop long
cli-evidence-no-json = ce n’est pas du JSON à l’octet { $x } ; à corriger par l’auteur du fichier
cli-evidence-no-jsonld = c’est du JSON, mais pas du JSON-LD ; à corriger par l’auteur du fichier
cli-evidence-refused = il emploie une possibilité de JSON-LD qui n’est pas lue ici : { $x }. Demandez-le sous une autre forme
cli-evidence-remote = un contexte donné par son adresse, et rien n’est téléchargé pendant la lecture d’une preuve
cli-evidence-scoped = un contexte à l’intérieur d’un nœud ou d’un terme
cli-evidence-context = un mot-clé dans son contexte, ou une version autre que 1.1
cli-evidence-container = un conteneur autre que @list et @set
cli-evidence-keyword = @reverse, @nest, @included, @index, @direction ou un mot-clé inconnu
cli-evidence-named = un graphe qui porte un nom
cli-evidence-relative = un nom relatif qui n’est pas une simple dernière partie
cli-evidence-alike = ses nœuds sans nom sont trop nombreux et trop semblables pour être comparés
cli-evidence-folder = { $x } contient trop de fichiers, ou des dossiers trop imbriqués
cli-evidence-nodes = Nœuds énumérés : { $x } ; nœuds dont quelque chose est dit : { $y }
cli-evidence-untyped = sans type
cli-evidence-none = Aucun paquet de preuves que vous puissiez ouvrir n’est joint dans ce dossier.
cli-evidence-no-files = ne nomme aucun fichier
cli-evidence-taken-out = { $x } est écrit.
cli-evidence-left-out = Fiches et paquets qui ne peuvent être emportés et n’y figurent pas : { $x }
cli-evidence-unhashed = Fichiers sans empreinte, trop volumineux ou absents d’ici : { $x }
cli-evidence-files = Fichiers : { $x }
cli-evidence-size = { $x } octets
cli-evidence-no-size = taille non indiquée
cli-evidence-here = ✓ les empreintes sont celles de { $x }
cli-evidence-weak = ✓ l’empreinte est celle de { $x }, par une méthode pour laquelle on peut fabriquer un autre fichier de même empreinte
cli-evidence-other-size = (sa taille est { $x }, ce n’est pas celle qu’indique le paquet)
cli-evidence-differs = ✗ { $x } a une autre empreinte
cli-evidence-absent = ✗ aucun fichier du dossier n’a cette empreinte
cli-evidence-unchecked = – non vérifié : aucune empreinte indiquée ne peut être calculée ici
cli-evidence-other = Dans le dossier et absent du paquet : { $x }
cli-evidence-records = Relevés de provenance, par ordre chronologique : { $x }
cli-evidence-actions = Ce qui a été fait, par ordre chronologique : { $x }
cli-evidence-by = par { $x }
cli-evidence-with = avec { $x }
cli-evidence-on = sur { $x }
cli-evidence-result = résultat : { $x }
cli-evidence-at = lieu : { $x }
cli-evidence-for = dans quel but : { $x }
cli-evidence-more = et { $x } autres
cli-evidence-no-time = sans date
cli-evidence-proposed = Choses qui pourraient être proposées pour un dossier : { $x } ; liens : { $y }. Rien n’est repris automatiquement.
cli-evidence-left = Messages, appels, fichiers et choses sans nom, qui restent dans le paquet : { $x }.
cli-evidence-known = Rien n’y est inconnu ici.
cli-evidence-unknown = Inconnu ici, et conservé tel quel :
cli-evidence-no-vocabulary = d’aucun vocabulaire
cli-evidence-unmapped = { $x } ({ $y }) : le paquet ne donne aucun sens à ce nom
cli-evidence-same = Les deux disent la même chose de { $x } nœuds.
cli-evidence-differ = Ils ne disent pas la même chose.
cli-evidence-only-first = Nœuds présents seulement dans le premier : { $x }
cli-evidence-only-second = Nœuds présents seulement dans le second : { $x }
cli-evidence-changed = Nœuds dont ils disent des choses différentes : { $x }
cli-evidence-unnamed = Des nœuds sans nom diffèrent.
cli-evidence-taken = ses noms ne laissent pas de place à ce qui serait ajouté, ou l’ajout a déjà été fait
cli-evidence-not-given = cette preuve n’est pas celle d’une écriture qui a ce paquet parmi ses fichiers, à l’octet près ; ou elle a été exportée sans le contenu de l’écriture

# Exhibits and their custody
exhibits-title = Pièces à conviction
exhibits-why = Chaque pièce avec sa garde : qui l’a eue, quand, pour quoi faire, sous quel scellé. Ce que le dossier ne dit pas est signalé, jamais supposé.
exhibits-withheld = { $n ->
    [one] Une écriture sur les pièces n’est pas lisible ici : une chaîne peut lui devoir une lacune.
   *[other] { $n } écritures sur les pièces ne sont pas lisibles ici : une chaîne peut leur devoir une lacune.
    }
exhibit-derived = dérivée
exhibit-last-with = en dernier lieu chez
exhibit-gaps = { $n ->
    [one] une lacune dans la chaîne
   *[other] { $n } lacunes dans la chaîne
    }
exhibit-owed = dû
exhibit-overdue = en retard
exhibit-record = La pièce au dossier
exhibit-sort = Sorte
exhibit-hash = Empreinte à la source
exhibit-derived-from = Tirée de
exhibit-derived-into = En sont tirées
exhibit-elsewhere = une pièce non lisible ici
exhibit-chain = Chaîne de garde
exhibit-no-gaps = Entre les étapes notées, les mains et les scellés se suivent. Le dossier prouve quand chaque étape a été écrite, non qu’aucune n’a été omise.
gap-nothing = Rien n’est noté entre
gap-holder = Dernier détenteur noté : { $x } ; détenteur suivant : { $y }.
gap-seal = Scellé laissé : { $x } ; trouvé : { $y }.
gap-number = Le scellé portait le numéro { $x }, puis { $y }.
moment-no-time = date non indiquée
moment-seized = saisie ou établie
moment-from = De :
moment-to = À :
moment-seal = Scellé :
moment-found = trouvé : { $x }
moment-left = laissé : { $x }
moment-receipt = reçu par le registre le
moment-due = avant le
moment-answer = réponse
hash-equal = identique à l’empreinte d’origine
hash-weak = identique, mais par un procédé qui ne prouve plus rien à lui seul
hash-different = différente de l’empreinte d’origine
hash-other = autre procédé que l’empreinte d’origine : non comparable

# A file looked at in place
in-place-title = Fichier
in-place-entry = Voir l’écriture
in-place-download = Télécharger
in-place-look = Voir { $x }
in-place-picture = Image { $x }
in-place-large = Une image de plus de { $x } ne se montre pas ici : téléchargez-la.
in-place-cut = Début du texte seulement : le fichier entier se télécharge.
in-place-other = Ce fichier n’est ni un texte ni une image que l’on montre ici sans rien exécuter : il se télécharge.
in-place-page = Page
in-place-go = Aller
in-place-keys = les touches fléchées tournent les pages
in-place-pages-most = Les { $x } premières pages se voient ici : le document entier se télécharge.
in-place-letters = Texte de cette page
in-place-letters-why = Reconstitué par le programme d’après la place des lettres sur la page. C’est l’image qui fait foi.
in-place-no-letters = Aucun texte ne peut être lu sur cette page, par exemple parce qu’elle a été numérisée : seule son image est là.
in-place-locked = Ce document ne s’ouvre qu’avec un mot de passe : téléchargez-le.
in-place-broken = Ce document ou sa page est endommagé et ne peut être montré ici : téléchargez-le.
in-place-no-page = Ce document n’a pas de page de ce numéro.
in-place-spent = Ce document demande plus de temps ou de mémoire qu’il n’en est accordé pour le montrer ici : téléchargez-le.
in-place-pdf-large = Un document de plus de { $x } ne se montre pas ici : téléchargez-le.

# A package of evidence
package-file-same = ✓ Joint ici, avec la même empreinte : { $x }
package-file-weak = ✓ Joint ici, avec la même empreinte : { $x }. Par cette méthode, on peut fabriquer un autre fichier de même empreinte : demandez un SHA-256.
package-file-differs = ✗ { $x } est joint ici et c’est un autre fichier : son empreinte n’est pas celle qu’indique le paquet. Ne vous fiez à aucun des deux et redemandez le fichier à qui a remis le paquet.
package-file-not-read = – { $x } est ici, mais trop volumineux pour être lu pendant qu’une page attend. En ligne de commande, entente evidence list le compare.
package-no-more = les paquets qui le précèdent sont tout ce qu’une consultation peut lire. En ligne de commande, entente evidence list les lit tous
package-file-absent = – Non joint ici. Demandez-le à qui a remis le paquet et joignez-le à une écriture de ce dossier.
package-file-unchecked = – Non comparé : le paquet n’indique aucune empreinte qui puisse être calculée ici.
package-title = Paquet de preuves
package-why = Ce que dit le paquet (CASE/UCO), tel qu’il est venu. Rien n’en est repris automatiquement ; le fichier joint reste inchangé.
package-look = Lire le paquet de preuves
package-proposed = Ce qui pourrait être repris
package-proposed-why = Chaque élément ouvre le formulaire ordinaire, avec le seul nom : vous dites le reste, et rien n’est inscrit avant. Deux éléments ne sont jamais pris pour un seul.
package-nothing = Rien n’y est de ceux qui deviennent un élément du dossier.
package-links-why = Chaque lien mène à son formulaire une fois ses deux bouts repris ; c’est vous qui dites comment ils sont liés.
package-taken = Repris :
package-linked = Déjà reliés
package-ends = Reprenez d’abord les deux bouts ; si deux fiches portent le même nom, reliez-les depuis la liste des éléments.
package-no-ends = L’un des deux n’est pas de ceux qui deviennent un élément du dossier : ce lien reste dans le paquet.
package-nodes = Nœuds par type
## Plan d’action et journées d’action
plan-title = Plan d’action
plan-days = Journées d’action conjointes
plan-no-day = Aucune journée d’action n’a été proposée.
plan-open = Tâches en cours
plan-no-task = Aucune tâche n’est en cours.
plan-ended = Tâches terminées
plan-not-readable = Texte non lisible ici : une condition l’attend, ou il est effacé.
plan-from = sur place dès
plan-until = jusqu’à
plan-about = objet concerné
plan-result = Résultat
plan-give-result = rendre le résultat
day-proposed = en attente de décision
day-go = feu vert des deux côtés
day-no-go = n’a pas lieu
day-called-off = arrêtée
day-replaced = remplacée
day-proposed-by = proposée par
day-to-plan = ← plan d’action
day-decisions = Décision de chaque côté
day-line = Déroulement
day-to-zero = dans { $x }
day-since-zero = T0 passé depuis { $x }
day-called-off-by = Tout est arrêté.
day-replaced-by = Cette journée est remplacée par une autre, décidée des deux côtés.
day-unheard = Pas de connexion avec { $x } en ce moment.
day-unheard-since = Rien n’en est parvenu depuis
day-known-here = L’état ci-dessous est celui qui est connu ici.
day-change = proposer un changement
day-when = Heure
day-who = Qui
day-where = Où
day-what = Quoi
day-now = maintenant
day-late = en retard sur l’horaire
day-results = Résultats
day-without-result = Étapes terminées dont le résultat n’est pas encore rendu : { $x }
day-said-before = dit avant le changement de plan
day-dropped = Étapes retirées du plan
day-dropped-why = Elles étaient dans la journée que celle-ci remplace et n’y sont plus ; voici où elles en étaient.
day-go-means = Par ce feu vert, votre côté engage ses équipes à agir selon ce plan. La journée n’a lieu que si chaque côté le donne. Il ne se reprend pas ; « tout arrêter » reste possible à tout moment.
day-go-sure = Oui, feu vert.
day-go-not-sure = Cochez la case pour donner le feu vert.
near-here = Une autre action est prévue tout près, au même moment : voir ci-dessous.
near-step = Étape { $n } :
near-known = au même endroit et au même moment que ce que prévoit
near-unknown = Un autre service prévoit quelque chose tout près, à ce moment-là : contactez le coordonnateur.
near-abroad = Un autre État prévoit quelque chose tout près, à ce moment-là : contactez le coordonnateur.
form-step = ligne { $x }, { $y }
# Before the courts
court-title = Devant la justice
court-why = Ce que vous pouvez lire de cette enquête, rangé selon ce qui peut être produit en justice. Ce qu’une condition de son auteur interdit n’est produit par personne ici ; l’autorisation se demande, et la demande est une obligation dans les deux registres.
court-parts = { $x } écritures en tout, dans l’ordre du dossier. Ce qui est coché ne vaut que pour cette page.
court-may = Peut être produit
court-asks = Demande une autorisation
court-barred = Ne peut pas être produit
court-corrected = avec sa correction
court-by = Produit par l’autorisation :
court-condition = Condition de son auteur :
court-waits = Autorisation demandée, sans réponse pour l’instant.
court-refused = Autorisation refusée.
court-do = Pour les écritures cochées
court-court = Juridiction ou autorité, par sa fonction
court-reference = Référence de la procédure
court-do-produce = Produire en justice
court-do-ask = Demander l’autorisation de leurs auteurs
court-do-outcome = Rapporter une décision de justice
court-magistrates = La production en justice revient à un magistrat de ce nœud.
court-produced = Ce qui a été produit
court-produced-none = Rien n’a encore été produit.
court-bundle = Liasse pour le tribunal (zip)
court-venues = Juridiction compétente
court-venues-none = Aucune proposition.
court-venue-proposed = proposée, attend une décision
court-venue-agreed = convenue
court-venue-not-agreed = sans accord
court-tried-by = jugée dans l’État de
court-grounds = Motifs :
court-proceedings = Procédures signalées
court-proceedings-none = Aucune procédure signalée.
court-since = depuis le
court-parallel = Des procédures sont ouvertes dans plusieurs États.
court-parallel-why = Nul n’est jugé deux fois pour les mêmes faits : convenez de la juridiction compétente.
court-outcomes = Décisions de justice
court-outcomes-none = Aucune décision rapportée.
court-about = À propos de :
court-told = Ce qu’il en est advenu en justice
input-fault-not-producible = Une des écritures ne peut pas, ou plus, être produite en justice : voyez la liste.
input-fault-court-file = Le fichier ne peut pas être écrit à cet endroit.
bundle-title = Écritures produites en justice
bundle-by = Produit par
bundle-at = Date et heure de production (UTC)
bundle-dossier = Dossier
bundle-index = Bordereau
bundle-number = N°
bundle-what = Écriture
bundle-author = Auteur et date (UTC)
bundle-digests = Parties et empreintes SHA-256
bundle-correction = correction de l’écriture
bundle-translation = traduction de l’écriture, dont seul l’original fait foi :
bundle-custody-of = garde de l’écriture
bundle-production = acte de production
bundle-custody = Chaîne de garde
bundle-compromised = Clés déclarées compromises
bundle-conditions = Conditions de son auteur :
bundle-files = Fichiers
bundle-verify = Vérification
bundle-verify-how = Toute cette liasse se vérifie hors ligne, sans accès aux nœuds des services, par la commande ci-dessous ; le mode d’emploi est dans README.fr.txt, README.ar.txt et README.en.txt.
bundle-read-what = Cette liasse contient des écritures échangées entre les services de deux États et produites en justice. index.html les présente ; index.json dit la même chose pour les programmes. Chaque écriture a son répertoire : content.json est ce qu’elle dit, proof.txt en est la preuve, files/ en contient les fichiers.
bundle-read-open = Ouvrez index.html dans un navigateur. Rien n’y est exécuté ni chargé d’ailleurs.
bundle-read-verify = Pour vérifier, sur une machine hors ligne où le programme entente est installé : entente court verify FICHIER. La commande refuse toute partie altérée, manquante, ajoutée ou renommée, et toute écriture dont la preuve ne tient pas.
bundle-read-trust = La vérification montre quelles clés ont signé. Comparez les empreintes affichées avec celles que les services vous ont remises par un autre canal, ou donnez-les : --node EMPREINTE, une fois pour chaque État.
bundle-read-by-hand = Sans le programme, l’empreinte SHA-256 de chaque partie se compare avec celle du bordereau ; chaque proof.txt se vérifie aussi seul par entente verify.
court-entries = { $n ->
    [one] { $n } écriture
   *[other] { $n } écritures
}
cli-court-produced = Produit : { $x }
cli-court-written = Liasse écrite : { $x } ({ $y })
cli-court-waits = La production attend une seconde signature (brouillon { $x }) : une fois signée, écrivez la liasse avec --produced.
cli-court-signs = Cet acte se signe par une clé d’accès, dans un navigateur.
cli-court-valid = Liasse intacte, produite par { $x }, empreinte { $y }
cli-court-to = Pour : { $x }, le { $y }
court-fault-too-large = le fichier ou une partie dépasse la taille permise
court-fault-no-end = ce n’est pas une liasse pour un tribunal, ou elle est coupée, ou quelque chose la suit
court-fault-directory = la table de l’archive est endommagée ou trop grande
court-fault-packed = une partie est comprimée ou chiffrée, ce qu’aucune partie d’une liasse n’est
court-fault-name = une partie porte un nom qui mène ailleurs, ou qu’aucune partie ne porte
court-fault-twice = deux parties portent le même nom
court-fault-hidden = l’archive contient des octets qui ne sont à aucune partie
court-fault-io = le fichier ne peut pas être lu
court-fault-no-index = il n’y a pas de bordereau, ou pas de signature sous lui
court-fault-index = le bordereau n’est pas lisible
court-fault-version = elle est d’une version inconnue ici : il faut un programme plus récent
court-fault-signature = la signature sous le bordereau ne tient pas
court-fault-index-altered = le bordereau a été modifié après sa signature
court-fault-signer = le bordereau est signé par une autre clé que celle du nœud qui produit, ou par une clé compromise
court-fault-missing = il manque une partie : { $x }
court-fault-added = une partie a été ajoutée : { $x }
court-fault-renamed = une partie a changé de nom : { $x }
court-fault-altered = une partie a été modifiée : { $x }
court-fault-no-proof = l’écriture { $x } n’a pas de preuve
court-fault-proof = la preuve de l’écriture { $x } ne tient pas :
court-fault-other-entry = le bordereau dit de l’écriture { $x } autre chose que sa preuve
court-fault-content = le contenu de l’écriture { $x } n’est pas celui qui a été signé
court-fault-file = un fichier n’est pas celui qui a été signé (écriture, fichier) : { $x }
court-due = réponse due le
# Duties to inform
duty-waiting = Attend un magistrat
duty-waiting-why = Rien n’est transmis, différé ni poursuivi automatiquement : chaque ligne attend une décision, ou qu’une décision soit exécutée.
duty-since = depuis
duty-owed = décision d’un magistrat due sans délai
duty-ordered = transmission décidée, à envoyer
duty-sent = transmis à l’autorité de l’autre Partie
duty-deferred = différé jusqu’au { $x }
duty-review-due = différé : à réexaminer maintenant
duty-refused = non transmis, par décision motivée
duty-time-over = délai pour observations écoulé : la poursuite peut être décidée
duty-not-in-charter = La charte avec cette Partie ne prévoit pas les devoirs d’information : rien ne peut être transmis à ce titre.
duty-to-sent = Voir le dossier entre les deux autorités
duty-magistrate-only = Seul un magistrat en décide.
duty-home = Ce dossier reste à notre nœud : l’autre Partie ignore qu’il existe.
duty-terms-time = observations attendues sous { $x }
duty-terms-grounds = motifs de report :
review-title = Contrôle du juge
review-about = Tout ce qui concerne ce devoir, dans l’ordre du temps : qui a décidé, en quelle qualité, quand, sur quel fondement, et ce qui était au dossier à ce moment. Une rectification s’ajoute et n’efface rien.
review-take = Emporter en un fichier, avec les preuves
review-matter = Affaire
review-stands = État
review-drawn = Tiré de
review-charter = Charte en vigueur
review-at = Établi le
review-decisions = Décisions
review-left-out = Ce dossier dépasse ce que reprend un contrôle. Écritures ultérieures absentes d’ici : { $x }
review-none = Aucune décision n’a été prise.
review-clocks = Délais, tels que les deux nœuds les calculent
review-chronology = Pièces, dans l’ordre du temps
review-place = N°
review-when = Quand
review-what = Décision
review-by = Par
review-ground = Fondement ou suite
review-on-file = Au dossier à ce moment : n°
review-first = Première pièce de son dossier.
review-print = Empreinte :
review-proofs = Preuves
review-proofs-how = Chaque preuve s’enregistre comme un fichier et se vérifie hors ligne, sans aucun nœud :
review-proofs-home = Ce qui n’est jamais parti n’a pas de preuve de l’autre Partie ; une décision de transmettre est cependant citée, par son empreinte, dans ce qui est parti et qui est prouvé.
cli-duties-written = Écrit : { $x }
cli-duties-proved = { $x } pièces sur { $y } ont la preuve que l’autre partie les détient ; ce qui n’est jamais parti n’en a pas.
cli-duties-unproved = sans preuve : jamais partie, ou ne peut être emportée
cli-duties-no-review = Ce n’est pas un dossier de contrôle juridictionnel emporté.
cli-duties-other = La preuve jointe à la pièce { $x } est celle d’une autre écriture.
cli-duties-words = Le texte de la pièce { $x } n’est pas celui qui fut signé.
cli-duties-proof = Pièce { $x } : { $y }
review-proof-take = enregistrer la preuve
terms-inform-on = s’appliquent entre les deux Parties
terms-inform-time = délai raisonnable pour les observations
terms-inform-grounds = Motifs pour lesquels un magistrat peut différer :
terms-inform-help = Sans cette option, aucun dossier de cette sorte ne peut être ouvert. Un délai écoulé n’entraîne rien de lui-même.
terms-compare-on = autorisée entre les deux Parties
terms-compare-points = points par jour et par Partie (une étape en coûte 64)
terms-compare-time = réponse d’un agent sous
terms-compare-help = Chaque Partie peut alors demander à l’autre si elle prévoit quelque chose au même endroit et au même moment. Il ne part que des points chiffrés ; la réponse dit s’il y a quelque chose, et rien d’autre.
terms-compare-a-day = { $n ->
    [one] { $n } point par jour
   *[other] { $n } points par jour
  }
terms-compare-within = réponse sous { $x }
compare-title = Comparaison avec les autres États
compare-leaves = Ni le lieu, ni l’heure, ni le nom ne quittent ce nœud : seulement des points chiffrés, que l’autre Partie ne peut pas lire. Elle apprend qu’une comparaison est demandée et, si quelque chose coïncide, que vous prévoyez quelque chose près de son propre plan.
compare-which = À comparer :
compare-older = Le programme de { $x } est d’une version antérieure à la comparaison : rien ne peut lui être demandé avant sa mise à jour.
compare-none = Aucune comparaison dans ce dossier.
compare-typed = Comparer un lieu et une heure qui ne sont sur aucun plan
compare-asked-of-us = Comparaison demandée par l’autre Partie
compare-nothing = Rien de prévu tout près par l’autre Partie, d’après sa réponse.
compare-answering = En répondant, vous dites seulement si l’un de vos plans est proche, et pour combien de leurs étapes. Vous ne voyez leur plan ni avant, ni après.
compare-by-name = Comparé par le nom là où il n’y a pas de coordonnées : le même lieu sous un autre nom n’est pas trouvé.
compare-near = { $n ->
    [one] Un autre État prévoit quelque chose tout près, à ce moment-là ({ $n } étape) : contactez le coordonnateur.
   *[other] Un autre État prévoit quelque chose tout près, à ces moments-là ({ $n } étapes) : contactez le coordonnateur.
  }
compare-unreadable = La réponse ne peut pas être comparée : demandez à nouveau.
link-fault-no-comparing = La charte avec ce partenaire ne prévoit pas la comparaison de ce qui est prévu : proposez-la d’abord, et que les deux Parties signent.
input-fault-compared-most = La charte n’autorise pas à comparer davantage aujourd’hui.
input-fault-compares-nothing = Rien ici n’a à la fois un lieu et une heure à venir, pour un mois au plus.
input-fault-compares-too-much = Trop d’actions sont prévues pour être comparées en une fois.
input-fault-compares-strange = Ce que l’autre Partie a envoyé ne peut pas être comparé.
link-fault-no-duties = La charte avec ce partenaire ne prévoit pas les devoirs d’information : proposez-les d’abord, et que les deux Parties signent.
input-fault-minutes-answered = Un compte rendu de cette rencontre est déjà approuvé ou amendé.
input-fault-trains-imams = Ce rôle et ce service ne vont pas ensemble ici.
input-fault-decision-owed = Une décision de magistrat est due dans ce dossier, ou ce qui a été décidé n’est pas encore exécuté : il ne se clôt pas.
input-fault-not-ordered = Un magistrat doit d’abord décider de transmettre, dans un dossier sur le même devoir et la même Partie ; une décision ne s’exécute qu’une fois.
input-fault-time-running = Le délai convenu n’est pas écoulé depuis que l’autre Partie a reçu la demande.
meetings-title = Rencontres
meetings-cadence = Cadence
meetings-target = Visée : au plus, d’une rencontre à la suivante
meetings-mean = Tenue : en moyenne, d’une rencontre à la suivante
meetings-longest = Le plus long temps sans rencontre
meetings-year = Rencontres des 12 derniers mois
meetings-year-before = { $x } (les 12 mois d’avant : { $y })
meetings-all = Rencontres en tout
meetings-last = Dernière rencontre
meetings-due = Prochaine rencontre due le
meetings-late = aucune n’est convoquée
meetings-no-figure = pas encore
meetings-agenda = Ordre du jour
meetings-no-next = Aucune rencontre n’est convoquée : voici ce qu’elle aurait à examiner aujourd’hui.
meetings-agenda-empty = Rien n’est en retard, contesté, ni dû d’ici là.
meetings-escalated = Porté à la rencontre par les rappels
meetings-contested = Contesté
meetings-overdue = En retard
meetings-due-before = Dû d’ici à la rencontre
meetings-held = Rencontres convoquées et tenues
meetings-none = Aucune rencontre n’a encore été convoquée.
meetings-ahead = à venir
meetings-unminuted = sans compte rendu
meetings-minuted = compte rendu proposé
meetings-approved = compte rendu approuvé
meetings-moved = déplacée
meetings-cancelled = annulée
meetings-unknown = date inconnue
meetings-file = fichier d’agenda
meetings-minutes = Compte rendu
meetings-held-on = Tenue le
meetings-present = Présents :
meetings-to-minutes = Ouvrir le compte rendu
meetings-dates = Dates proposées
meetings-suits = convient à tous
meetings-unprinted = objet non imprimable
meetings-minute = Écrire le compte rendu
meetings-move = Déplacer
meetings-cancel = Annuler
meetings-called = convoquée
meetings-call-then = Convoquer ce jour-là
meetings-decisions = Décisions
meetings-no-decision = Aucune décision n’est inscrite.
meetings-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
    }
meetings-to-page = Retour aux rencontres
meetings-on-paper = sur papier, dans les langues de la rencontre
meetings-follow-up = Suites des décisions
meetings-interpreted = avec interprètes
meetings-approvals = Approbation
meetings-written-by = rédigé par
meetings-approved-by = approuvé par
meetings-one-language = N’est pas rédigé dans cette langue.
meetings-works = jour ouvré
meetings-free = Trouver une date
meetings-free-why = Les prochains jours ouvrés de tous les États du dossier, d’après leurs semaines de travail et leurs jours fériés. Aucun agenda n’est consulté ni montré.
meetings-free-from = à partir du
meetings-free-at = heure ({ $x })
meetings-free-look = chercher
meetings-free-unknown = Ce nœud ne connaît pas les jours ouvrés de chacun des États : vérifiez avant de proposer.
meetings-free-none = Aucun jour ouvré commun dans les trois mois.
meetings-free-propose = proposer ces dates
hijri-computed = date calculée, à un jour près
hijri-day = { $x } de l’hégire
hijri-1 = mouharram
hijri-2 = safar
hijri-3 = rabia I
hijri-4 = rabia II
hijri-5 = joumada I
hijri-6 = joumada II
hijri-7 = rajab
hijri-8 = chaabane
hijri-9 = ramadan
hijri-10 = chaoual
hijri-11 = dhou al-qi‘da
hijri-12 = dhou al-hijja
meetings-take = Répondre au moyen d’un fichier d’agenda
meetings-take-why = Le fichier de réponse (.ics) que votre agenda a écrit remplit le formulaire ordinaire ; rien n’est envoyé avant que vous ne l’ayez relu et envoyé.
meetings-take-file = fichier de réponse
meetings-take-read = lire
meetings-take-unreadable = Ce fichier n’est pas un calendrier lisible.
meetings-take-no-answer = Ce fichier n’est pas une réponse à une convocation : il lui faut la méthode REPLY ou COUNTER.
meetings-take-not-one = Ce fichier ne porte pas sur une seule rencontre, ou n’est pas la réponse d’un seul invité.
meetings-take-of-none = Ce fichier ne répond à aucune rencontre de ce dossier.
meetings-take-older = La rencontre a été changée depuis : reprenez son fichier d’agenda et répondez de nouveau.
meetings-take-over = Cette rencontre est annulée ou passée.
meetings-take-nothing-asked = Aucune réponse n’est plus attendue de vos services à cette convocation.
meetings-take-undecided = Ce fichier n’accepte ni ne décline : « peut-être » ne répond pas à une convocation.
meetings-take-no-time = L’heure proposée n’est pas sûre (fuseau inconnu ou absent), ou elle est passée.
meetings-minutes-long = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
    }
# Programmes
programme-title = Programme
programme-not-readable = texte illisible ici : une condition l’attend, ou il a été effacé
programme-phase = Phase
programme-signed = accord signé par tous
programme-idea = Idée
programme-owners = Responsables
programme-owed = Ce qui est attendu de chacun
programme-nothing-owed = rien
programme-commitments = Engagements auxquels il répond
programme-clauses = Accord, clause par clause
programme-no-clause = Aucune clause n’a encore été proposée.
programme-accepted = acceptée
programme-unread-clause = Une clause acceptée ne peut pas être lue ici : on ne peut dire lesquelles tiennent. Rien ne se compose ni ne se signe avant qu’elle soit lue, ou qu’une autre clause acceptée prenne sa place.
programme-twice-numbered = Deux clauses acceptées portent le même numéro : l’une prend la place de l’autre avant que rien ne se signe.
programme-perhaps = acceptée ; on ne peut dire ici si elle tient encore
programme-replaced = acceptée, puis remplacée
programme-proposed = attend une réponse
programme-countered = autre rédaction proposée
programme-refused = refusée ou retirée
programme-change = Proposer une autre rédaction de cet article
programme-starts = Commencer par une clause type (rien n’est proposé avant l’envoi)
programme-versions = Versions à signer et signées
programme-no-version = Aucune version n’a encore été proposée à la signature.
programme-version = Version des clauses acceptées
programme-version-signed = signé par tous
programme-version-waits = attend une signature
programme-version-not = sans accord
programme-version-unread = illisible ici
programme-unsound = ne contient pas que des clauses acceptées : sans effet
programme-signed-by = signée par
programme-cohorts = Promotions
programme-no-cohort = Aucune promotion n’est ouverte.
programme-planned = prévu :
programme-figures = Chiffres de la promotion
programme-of = Participants
programme-given = Donnés
programme-here = Comptés ici, vus d’ici seulement
programme-judged = Le cours jugé par les participants, à la fin
programme-judged-later = Le cours jugé par les participants, après 3 à 6 mois
programme-question = Question
programme-curriculum = Matières et langues
programme-follow-up = Suivi de l’accord
programme-later-awaited = L’évaluation du cours après trois à six mois est attendue du { $x } au { $y }.
programme-later-late = L’évaluation du cours après trois à six mois était attendue du { $x } au { $y } ; elle manque.
programme-entry = Voir l’écriture
programme-more = Il y en a d’autres dans le dossier.
programme-costs = Dépenses
programme-results = Résultats et bilans
programme-means = En envoyant cette écriture, vous engagez votre État à ces clauses. L’accord ne vaut que lorsque tous l’ont signé. Une signature ne se retire pas.
programme-places = { $n ->
    [one] { $n } place
   *[other] { $n } places
    }
programme-sessions = { $n ->
    [one] { $n } séance
   *[other] { $n } séances
    }
programme-article = Article { $n }
programme-agreement = Accord
programme-paper = Lire l’accord sur papier, en colonnes
programme-to-page = Retour au programme
programme-draft = projet : les clauses acceptées jusqu’ici
programme-unsigned = Rien n’est encore proposé à la signature.
programme-version-replaced = signée, puis remplacée
programme-digest = empreinte des clauses :
programme-claim = Déclarer l’engagement tenu, avec cet accord pour preuve
programme-kept = L’accord est signé par tous et en vigueur.
programme-kept-cohort = Promotion ouverte : { $x }, { $y }.
point-evidence = Preuves données
point-claimed-by = déclaré par
point-programme = Programme qui y répond :
point-study = Mettre un programme à l’étude
evidence-signed = accord signé par tous
evidence-unsigned = accord qui n’est pas signé par tous
commitments-title = Suivi des engagements
commitments-report = Rapport à la prochaine rencontre de haut niveau
commitments-chain = fil de l’engagement
commitments-counts = Chaque nombre compte ce qu’une partie a promis : un engagement des deux parties compte deux fois.
commitments-theme = Thème
commitments-side = Partie
commitments-all = toutes
commitments-total = Total
commitments-none = Aucun engagement ne répond à ce choix.
commitments-list = Engagements
commitments-open = rien de déclaré
commitments-late = échéance passée
commitments-claimed = déclaré par une partie
commitments-agreed = accompli, les deux parties en conviennent
commitments-ended = clos autrement
commitments-contested = contesté
commitments-tied-by = relié par
commitments-alike = Dit presque la même chose ; personne ne les a reliés :
commitments-decide = relier ou non : à vous d’en décider
commitments-agreed-figures = Convenu par les deux parties
commitments-unagreed-figures = Déclaré par une seule partie
commitments-promised = Promis
commitments-evidence = Preuves
commitments-cut = D’autres programmes ou preuves sont rattachés à cet engagement : seuls les premiers sont montrés.
commitments-no-evidence = aucune preuve donnée
commitments-print-barred = La condition de son auteur en interdit l’impression.
commitments-made = Établi d’après le registre commun.
commitments-selection = Extrait, limité à :
commitments-evidence-of = Preuves présentées par
figures-title = Chiffres
figures-state = donner un chiffre
figures-later = donner un chiffre plus récent
figures-agreed = convenu
figures-differ = non convenu
figures-waiting = en attente de l’autre partie
figures-one-sided = d’une seule partie
figures-unread = chiffre non lisible
figures-until = jusqu’au { $x }
figures-period = du { $x } au { $y }
figures-of = Chiffres convenus : { $x } sur { $y }
figures-agreed-of-all = chiffres convenus
figures-agreed-title = Chiffres convenus par les deux parties
figures-not-agreed-title = Chiffres non convenus, côte à côte
figures-said-by = selon { $x }
figures-what = Ce qui est compté
commitments-only-fr = (texte français seulement)
commitments-only-ar = (texte arabe seulement)
commitments-only-en = (texte anglais seulement)
commitments-and-promises = engagements : { $x }, promesses : { $y }
figures-many = { $x } : { $y }
figures-alone-title = Chiffres d’une partie, sans réponse de l’autre
figures-stands = État
figures-barred = La condition de leur auteur interdit d’imprimer d’autres chiffres.
point-rhythm = rythme

# Lessons
lessons-title = Enseignements
lessons-none = Aucune observation n’a encore été soumise.
lessons-waiting = En cours
lessons-learned = Acquis
lessons-closed = Clos
lessons-observe = Soumettre comme observation
lessons-observe-filled = Le formulaire s’ouvre rempli de ce texte et de sa source. Rien n’est écrit avant l’envoi.
lessons-observe-anew = Ce texte relève d’une autre finalité : il ne passe pas de lui-même dans un recueil d’enseignements. Le formulaire s’ouvre vide ; écrivez des faits, sans nommer ni personne ni affaire.
lessons-observe-where = Dans quel recueil
lessons-observe-nowhere = Vous ne prenez part à aucun recueil d’enseignements où écrire.
lessons-to-entry = Retour à l’écriture
lessons-near = Enseignements proches
lessons-before = Avant d’ouvrir : ce qui a déjà été appris
lessons-words = Mots du sujet
lessons-find = Chercher les enseignements
lessons-none-near = Aucun enseignement proche dans les recueils auxquels vous prenez part.
zone-by = À l’heure de { $x }
zone-twice = Cette heure revient deux fois cette nuit-là. Laquelle ?
zone-first = la première (UTC{ $x })
zone-second = la seconde (UTC{ $x })
named-erased = effacé
form-written = { $x } sur { $y } remplis
agreement-half = { $n ->
    [one] Une clause n’est écrite que dans une langue.
   *[other] { $n } clauses ne sont écrites que dans une langue.
}
erase-sure-entry = Oui, détruire cette écriture et ce qui est coché avec elle
erase-sure-file = Oui, détruire ce fichier
erase-sure-all = Oui, détruire tout ce que notre nœud a écrit dans ce dossier
erase-file = Effacer ce fichier
erase-all = Effacer tout ce que notre nœud a écrit ici
expired-sure = Oui, détruire tout ce que ce nœud détient du dossier
package-facet = détails : { $x }

# The balance as a page
balance = Bilan
balance-paper = Sur papier, en deux langues
balance-year = En { $x }
balance-year-running = En { $x }, à ce jour
balance-said = { $asked ->
    [0] Rien n’a été demandé à { $x }.
    [one] { $x } a été sollicité une fois ; réponses : { $answered }.
   *[other] { $x } a été sollicité { $asked } fois et a répondu { $answered } fois.
}
balance-said-on-time = Terminées à temps : { $x }
balance-said-overdue = En retard aujourd’hui : { $n }
balance-said-refused = Refusées avec motif : { $n }
balance-said-feedback = Retours d’informations faits : { $x }
balance-said-kept = { $made ->
    [one] Un engagement pris
   *[other] { $made } engagements pris
} (reconnus accomplis par les deux parties : { $agreed } ; déclarés par cette partie : { $claimed } ; à échéance passée : { $late })
balance-met = { $n ->
    [0] Aucune rencontre n’a eu lieu.
    [one] Une rencontre a eu lieu.
   *[other] { $n } rencontres ont eu lieu.
}
balance-met-target = { $n ->
    [one] Les séries ouvertes visent une rencontre par an.
   *[other] Les séries ouvertes visent { $n } rencontres par an.
}
balance-all = Tous les chiffres
balance-standing = Ce que sont devenues les demandes
balance-by-year = Demandes, année par année
balance-of-year = Année
balance-on-time = Terminées à temps, en pour cent
balance-feedback = Retours d’informations faits, en pour cent
balance-by-kind = Demandes, par type de dossier
balance-kind = Type
balance-service = Service
balance-side = Partie
balance-meetings = Rencontres tenues
balance-held = Rencontres
balance-commitments = Engagements pris dans la période
balance-by-theme = Engagements par thème, des deux parties
balance-theme-years = Engagements tenus par thème, selon l’année où ils furent pris
balance-kept = Engagements tenus, en pour cent
balance-decisions = Décisions des rencontres
balance-definitions = Ce que disent les chiffres
fig-claimed = Dont déclarées accomplies, en attente de l’accord de l’autre partie
fig-partly = Dont ayant reçu une réponse partielle
fig-contested = Contestées
fig-running = Ouvertes, sans retard
plot-figures = Les chiffres
plot-running = * L’année n’est pas terminée.
def-asked = Tout ce qu’une partie a demandé à l’autre dans la période, au jour où la demande fut écrite, dans les dossiers que les deux partagent. L’état est celui de maintenant.
def-answered = Terminées par une réponse, ou déclarées accomplies. Un refus motivé est compté à part, comme ce que son auteur a retiré ou abandonné.
def-on-time = Parmi les demandes qui ont reçu une réponse ou un refus et avaient une échéance : celles terminées à l’échéance, heure comprise, ou avant. Celles que leur auteur a abandonnées ou retirées n’y sont pas.
def-overdue = L’échéance est passée et c’est au tour de la partie qui doit. Ce qui est déclaré accompli attend l’autre partie.
def-feedback = Ce qu’est devenu ce qui fut donné : c’est demandé à la partie qui l’a reçu. « Sans usage » est aussi un retour.
def-meetings = Rencontres dont une partie a proposé le compte rendu et l’autre l’a approuvé ou amendé, au jour de la proposition ; un compte rendu amendé compte une fois. Ne comptent pas les comptes rendus seulement proposés, ni ceux qui ont été refusés, abandonnés ou retirés. D’une même rencontre, un seul compte rendu est à approuver ou à amender ; deux comptes rendus qui se croisent et sont tous deux approuvés comptent deux fois.
def-commitments = Ce que chaque partie a promis dans les déclarations de la période. C’est tenu quand les deux en conviennent ; dire un engagement accompli, ou répondre, n’est que la parole d’une partie. En pour cent : de ce qui fut promis et que l’autre partie n’a pas laissé tomber.
def-by-theme = Les mêmes engagements, par ce dont parle chaque point. Le thème se lit dans les mots des déclarations : il n’est donné qu’à qui peut lire tous les points comptés, et il est alors le même des deux côtés. En tout, les thèmes font tous les engagements. « 2 sur 5 » : sur cinq engagements pris cette année-là, les deux parties conviennent que deux sont tenus.
def-years = Années civiles en UTC, au jour de la demande ; chacune telle qu’elle est aujourd’hui. Dix années au plus.
def-left-out-name = Laissé de côté
def-left-out = Ce qui touche des personnes derrière un mur. Les droits des personnes sont montrés à part sur la page, à qui peut les voir ; le sauvetage et le soutien ne figurent nulle part ici.

## Notices
notices = Avis par courriel
notices-why = Entente peut vous dire par courriel ce qui vous attend. Un courriel passe par d’autres serveurs : il ne dit jamais plus que ce que sa classe permet.
notices-open = Régler mes avis
notices-back = Retour à mon compte
notices-off = Ce nœud n’envoie pas de courriel : son exploitant n’a désigné aucun serveur.
notices-class = Le courriel porte au plus la classe « { $x } ». D’un dossier de classe supérieure, il ne donne que des nombres.
notices-address = Adresse de messagerie
notices-elsewhere = Aucun courriel ne part vers cette adresse : l’exploitant de ce nœud n’admet que d’autres domaines. Donnez une adresse de l’un d’eux.
notices-confirmed = confirmée
notices-none = Aucune adresse n’est confirmée : rien n’est envoyé.
notices-told = Dernier avis :
notices-sent = Un code a été envoyé à
notices-until = Il vaut jusqu’à
notices-code = Code reçu
notices-confirm = Confirmer l’adresse
notices-other = Changer d’adresse
notices-ask = Envoyer un code à cette adresse
notices-remove = Retirer l’adresse
notices-remove-how = Plus rien n’est envoyé, à l’instant même.
notices-unreachable = Le serveur de messagerie ne répond pas ; l’envoi est tenté de nouveau. Dernier essai :
notices-untrusted = Le serveur de messagerie n’a pas prouvé qui il est ; rien ne lui est remis. Dernier essai :
notices-credentials = Le serveur de messagerie refuse les identifiants de ce nœud : prévenez son exploitant. Dernier essai :
notices-later = Le serveur de messagerie remet à plus tard ; l’envoi est tenté de nouveau. Dernier essai :
notices-refused = Le serveur de messagerie a refusé le dernier courriel : vérifiez l’adresse. Essai :
notices-times = Quand
notices-frequency = Récapitulatif
notices-hour = À
notices-at-once = Aussi sans attendre, dès qu’une obligation est en retard
notices-quiet = Heures de repos
notices-quiet-from = Rien à partir de
notices-quiet-to = De nouveau à partir de
notices-no-hour = aucune
notices-rests = Rien n’est envoyé non plus les jours chômés de votre État.
notices-urgent = Ce qui est urgent et en retard peut passer outre, avec l’envoi sans attendre
notices-zone = Fuseau horaire
notices-save = Enregistrer ces heures
notices-preview = Ce que dirait le prochain courriel
notices-next = Prochain envoi :
notices-no-next = Aucun envoi n’est prévu.
notices-empty = Il n’y a rien à dire : aucun courriel ne partirait.
mail-subject = Entente { $x } : récapitulatif
mail-subject-code = Entente { $x } : code
mail-code = Code de confirmation de cette adresse : { $x }
mail-not-asked = Ce code est valable une heure. Si vous ne l’avez pas demandé, ne faites rien : rien ne vous sera envoyé.
mail-overdue = { $n ->
    [one] { $n } obligation est en retard.
   *[other] { $n } obligations sont en retard.
    }
mail-soon = { $n ->
    [one] { $n } obligation arrive à échéance dans les 7 jours.
   *[other] { $n } obligations arrivent à échéance dans les 7 jours.
    }
mail-later = { $n ->
    [one] { $n } autre obligation est ouverte.
   *[other] { $n } autres obligations sont ouvertes.
    }
mail-fresh = { $n ->
    [one] { $n } dossier a du nouveau.
   *[other] { $n } dossiers ont du nouveau.
    }
mail-meetings = { $n ->
    [one] { $n } rencontre a lieu dans les 7 jours.
   *[other] { $n } rencontres ont lieu dans les 7 jours.
    }
mail-something = Autre chose vous attend.
mail-nothing = Rien ne vous attend.
mail-due = échéance : { $x } UTC
mail-was-due = en retard depuis le { $x } UTC
mail-open = Pour en savoir plus, ouvrez Entente.
mail-stop = Ce message est automatique, n’y répondez pas. Vous le réglez ou l’arrêtez sous « Mon compte ».
people-fault-mail-address = Ce n’est pas une adresse de messagerie, comme nom@mail.example.
people-fault-mail-domain = Ce nœud n’envoie de courriel qu’aux domaines choisis par son exploitant : celui-ci n’en est pas.
people-fault-mail-codes-most = Plus aucun code n’est envoyé aujourd’hui : revenez demain.
people-fault-mail-code-wrong = Ce n’est pas le code envoyé, ou aucun n’est plus attendu : faites-en envoyer un autre.
people-fault-mail-hours = Ces heures ou ce fuseau ne peuvent pas être choisis.
people-fault-no-mail = Ce nœud n’envoie pas de courriel.
cli-mail-taken = Le serveur de messagerie a pris le courriel.
cli-mail-failed = Le courriel n’est pas parti : { $x }.
feed = Mon calendrier
feed-why = Un logiciel de calendrier peut relever vos rencontres et vos échéances à une adresse secrète, sans se connecter. Le calendrier reste sur vos appareils et passe par d’autres serveurs : il ne dit jamais plus que ce que sa classe permet.
feed-open = Régler mon calendrier
feed-off = Ce nœud ne remet pas de calendrier : son exploitant ne l’a pas permis.
feed-class = Le calendrier porte au plus la classe « { $x } ». D’un dossier de classe supérieure, il ne donne que des nombres par jour.
feed-address = Adresse du calendrier
feed-none = Vous n’avez pas d’adresse : aucun calendrier ne sort d’ici.
feed-made = Créée le
feed-ends = Prend fin le
feed-fetched = Relevée pour la dernière fois
feed-never = jamais
feed-make = Créer l’adresse
feed-other = Créer une autre adresse
feed-other-how = L’adresse actuelle cesse aussitôt de fonctionner.
feed-revoke = Retirer l’adresse
feed-revoke-how = Elle cesse aussitôt de fonctionner. Ce qui a déjà été relevé reste sur vos appareils.
feed-give = Abonnez votre logiciel de calendrier à cette adresse :
feed-once = Elle n’est montrée que cette fois. Quiconque la connaît lit votre calendrier : ne la transmettez à personne. Elle prend fin dans 180 jours, et plus tôt si vous changez de mot de passe, de second facteur ou de compte chez un fournisseur, ou terminez vos autres sessions.
feed-back = Retour à mon calendrier
people-fault-no-feed = Ce nœud ne remet pas de calendrier.
all-meetings = Toutes les rencontres
all-meetings-ahead = Prochaines rencontres
all-meetings-none = Vous ne travaillez dans aucune série de rencontres.
all-meetings-series = Série
all-meetings-search = Chercher parmi les décisions
all-meetings-open = Les décisions encore ouvertes, de toutes les séries.
all-meetings-found = Les décisions trouvées, ouvertes ou non.
all-meetings-no-next = Aucune rencontre n’est convoquée.
all-meetings-no-open = Aucune décision n’est ouverte.
all-meetings-no-hit = Aucune décision ne contient ces mots.
feed-programs = Logiciels qui l’ont relevée
feed-persons = Du secours, du soutien et des droits des personnes, il dit seulement que quelque chose vous attend.
