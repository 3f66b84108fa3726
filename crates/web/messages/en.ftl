# Messages in English. One key per message; the same keys in all three files.

## Frame
skip = Skip to content
nav-label = Pages
nav-today = Today
nav-dossiers = Dossiers
nav-ledger = Ledger
ledger-title = Ledger of obligations
nav-partners = Partners
nav-import = Import
import-heading = Import a declaration
nav-tour = Guided tour
tour-at = Tour, step { $x } of { $y }:
tour-next = Next: { $x }
tour-end = End the tour
tour-dossier = See the dossier
search = Search
search-hint = Search, or MA-12 ( / )
search-entries = Entries found
search-numbered = Obligations of this number
sign-out = Sign out
digits = Numerals 123 or ١٢٣
foot-clock = Node’s clock:
foot-printed = Printed by
live-news = Something new arrived: reload the page
demo-fictional = Demonstration: everything here is fictional.
demo-unendorsed = No government has endorsed it.
refolding = The clocks of a link are being recomputed after a suspension: totals and the order of lists may lag for a moment; each obligation shown is right.
demo-clock = Clock:
demo-link-cut = link cut
demo-ahead = clock ahead by { $x }
demo-other-side = See the other side
yes = yes
no = no
nothing = Nothing for now.
no-content = What your role lets you see
no-content-administrator = You keep this node running: links, partners’ cards, courier. Dossiers, obligations and what is written in them are not open to you, so nothing here tells whether anything is left to answer.
no-content-inspector = You inspect this node: links, registers and evidence of differences. Dossiers, obligations and what is written in them are not open to you, so nothing here tells whether anything is left to answer.
empty-owe = We owe nothing: everything is answered.
empty-owed = We are owed nothing.
empty-news = Nothing else new.
empty-ledger = No obligation fits these filters.
empty-dossiers = No dossier fits: widen the search, or open one.
empty-partners = No partner yet: the administrator pins one with "entente link add".
more = More
change = change
cancel = Cancel
confirm = Confirm in one click
dismiss = Not a commitment
confirm-form = Read over and confirm
confirm-why = This is what the machine read. Correct it where needed: confirming obliges each party that promised towards the other.
send = Send
pages = Pages of the list
page-of = page { $x } of { $y }
shown-of = { $x } shown of { $y }
page-before = Previous page
page-after = Next page
size-bytes = { $x } bytes
size-kib = { $x } KiB
size-mib = { $x } MiB
size-gib = { $x } GiB
percent = { $n } %

## Time
city-rabat = Rabat
city-paris = Paris
city-madrid = Madrid
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-date = { $x } { $y }
off-holiday = { $x }, holiday: { $y }
off-rest = { $x }, day of rest
day-end = { $x }, end of day (UTC)
span-minutes = { $n ->
    [0] less than a minute
    [one] { $n } minute
   *[other] { $n } minutes
    }
span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
    }
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
    }
span-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
    }
due-in = in { $x }
due-late = { $x } late
due-none = no due date
due-stopped = clock stopped
due-creditor = awaits the requester
due-not-started = awaits receipt
due-not-received = not received
due-met = ended in time
due-missed = ended late
due-ended = ended

## Sign in
sign-in = Sign in
sign-in-id = Identifier
sign-in-password = Password
sign-in-wrong = The identifier and the password do not fit.
wait-seconds = { $n ->
    [one] Too many wrong attempts in a row: try again in one second.
   *[other] Too many wrong attempts in a row: try again in { $n } seconds.
    }
wait-minutes = { $n ->
    [one] Too many wrong attempts in a row: try again in one minute.
   *[other] Too many wrong attempts in a row: try again in { $n } minutes.
    }
sign-in-personas = Sign in as
sign-in-fictional = Invented people of the demonstration: one click is enough.

## My account
account = My account
code = One-time code
code-title = Second factor
code-or-recovery = The code of six digits that your app shows, or a recovery code.
code-begin-again = Begin again with the password
code-late = Too much time has passed since the password: begin again.
factor = Second factor
factor-first = This node asks everybody for a second factor: take one here, nothing else is open before.
factor-none = None: the password alone opens this account.
factor-since = An authenticator app, since
factor-why = An app on your phone shows a code that changes every thirty seconds and is asked after the password: whoever learns your password does not get in with it.
factor-no-password = This account has no password that a second factor could be added to.
factor-take = Take a second factor
factor-replace = Change the app
factor-remove = Remove the second factor
factor-scan = Scan this picture with the authenticator app on your phone.
factor-picture = Picture to scan: it holds the secret written below it
factor-open = Open it in an app on this device
factor-type = Or type this secret into the app:
factor-until = Offered until
factor-first-code = The code that the app then shows
factor-confirm = Confirm
recovery = Recovery codes
recovery-why = Each opens your account once in place of a code of the app, on the day when it is lost. Keep them away from the phone and from the password.
recovery-once = They are not shown again. Those given before are void.
recovery-renew = Ask for new recovery codes
recovery-left = { $n ->
    [0] no recovery code is left
    [one] one recovery code is left
   *[other] { $n } recovery codes are left
    }
passkeys = Passkeys
passkey-why = A passkey is kept in a phone, a computer or a security key that recognises you: it takes the place of the password and the second factor, and no forged site can take it.
passkey-label = Name of this passkey, such as “work phone”
passkey-add = Add a passkey
passkey-remove = Remove this passkey
passkey-prove = Confirm by a passkey that it is me
passkey-prove-why = You have no password here: before anything of your account changes, confirm by a passkey that it is you. It counts for one change, within five minutes.
passkey-prove-first = First confirm by a passkey that it is you.
passkey-sign-in = Sign in with a passkey
passkey-asking = Follow what your browser asks.
passkey-failed = No passkey answered, or this browser has none.
passkey-back = Back
provider-sign-in = Sign in with { $x }
provider-accept = Take the invitation up with { $x }
provider-accept-how = Or without a password here: sign in at { $x }, and that account opens yours from now on.
provider-why = Your account there can open your account here. It is known by the identifier that the provider gives it, never by an e-mail address, and it opens nobody else’s.
provider-bind = Bind my account at { $x }
provider-cut = Unbind this account
provider-cut-officer = Unbind the account at the provider
provider-off = Signing in at { $x } is off at this node just now. The other ways in go on; whoever runs the node knows why.
provider-prove = Sign in again at { $x }
provider-prove-why = You have no password here: before anything of your account changes, you sign in again at the provider. It counts for one change, within five minutes.
provider-prove-first = First sign in again at the provider.
provider-proved = Confirmed: it counts for one change.
provider-proved-until = Confirmed; counts until
provider-account = Account at the provider
provider-away = On to { $x }
provider-away-how = You sign in there and come back here. What you type there, this node never sees.
provider-on = Continue
factor-none-provider = None here: the account at the provider alone opens this one.
factor-none-passkey = None here: passkeys alone open this account.
password-set = Set a password
provider-farewell = Signed out here; on to { $x }
provider-farewell-how = Your session here has ended. The provider is asked to end its own too.
password-change = Change the password
password-now = Present password
password-new = New password
password-ends = Your other sessions end then.
sessions = Sessions
session-since = since
session-seen = last used
session-this = this one
session-end = End this session
session-end-others = End all other sessions

## Officers
officers = Officers
officer = Officer
officer-name = Name
officer-name-how = Shown inside this node only. A function in three languages is written “français | العربية | English”.
officer-services = Services
officer-services-how = As node/service, with spaces between; the first is the usual one.
officer-roles = Roles
officer-language = Language
officer-inactive = deactivated
officer-active = May sign in
officer-yes = yes
officer-no = no
officer-standing = What this account may do
officer-change = Save these changes
officer-access = Access
officer-invite = Invite an officer
officer-invite-how = You hand the person a link that is good for 72 hours and once; they choose their own password. You never learn it.
officer-invite-again = Give a new link
officer-end-sessions = End all their sessions
officer-deactivate = Deactivate
officer-reactivate = Reactivate
officer-deactivate-means = Whoever is deactivated is out at once; what they wrote stays.
officer-oneself = Nobody changes their own roles, services or access: another administrator does. The rest is here:
officer-back = Back to the officer
absence = In my absence
absence-why = A colleague can act for you for some days. They sign in as themselves, and everything they do is recorded under their name, in your absence.
absence-nobody = Nobody at this node could act for this account.
absence-appoint = Appoint a colleague
absence-colleague = Colleague
absence-from = First day
absence-until = Last day
absence-since = from
absence-to = until
absence-end = End it
absence-for-others = I may act for
absence-you-may = You may act in the absence of
act-for = Act for them
acts-for = You act in the absence of
act-for-stop = Act for myself again
invitation = Invitation link
invitation-give = Hand this link, by a safe way, to the person who will sign in as
invitation-once = It is shown only here, and is good for 72 hours and once. Whoever holds it chooses the password.
invitation-until = Invitation good until
reset = Lost phone or password
reset-how = Two administrators reset it: one asks, another confirms. Password, second factor and sessions are gone then, and a new invitation link is given.
reset-ask = Ask for a reset
reset-asked-by = Asked by
reset-until = to be confirmed before
reset-other = Another administrator must confirm it.
reset-confirm = Confirm the reset
reset-withdraw = Take it back
reset-waits = reset to confirm
welcome = Welcome
welcome-how = Choose your password. Nobody else knows it. This link works once.
welcome-set = Choose this password and enter
password-again = The same once more
password-differs = The two passwords differ.

## Today
today-we-owe = What we owe
today-owed = What we are owed
today-not-received = Asks that nobody received
today-not-received-why = Written here, without a receipt from the partner after the delivery time. Look at the link, or use the courier.
today-nearby = Planned close to what you plan
today-nearby-why = Something else is planned near there and then. The line goes once you opened the plan, and comes back when something else comes near.
today-nearby-typed = place and time compared
today-waits = Waiting for an entry that this node does not have
today-waits-why = What stands here has no effect yet, and nothing follows it. Mostly the missing entry comes by itself: see whether a link is cut. If it was lost wherever it was, it never comes: whoever wrote what waits writes it again.
today-waits-more = { $n ->
    [one] And { $n } more that waits since later.
   *[other] And { $n } more that wait since later.
    }
today-waits-uncounted = More is awaited here than was looked through: there may be more that you see.
today-waits-unknown = a dossier that is not known here yet
today-waits-for = waits for
today-meeting = For the next meeting
today-news = What is new
today-news-more = Everything new, in the dossiers
today-news-since = Come from the other side since
today-news-seen = Mark as seen
today-links = Links
more-than = more than { $x }
today-all = all of them
today-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
    }
news-count = { $n ->
    [one] { $n } new entry
   *[other] { $n } new entries
    }
overdue-count = { $n ->
    [one] { $n } late
   *[other] { $n } late
    }

## Obligations
ob-asks = asks of
ob-extended = new date
ob-contested = contested: { $x }
ob-receipt-doubtful = implausible receipt time:
ob-receipt-arrived = the receipt came to us at
ob-receipt-proposed = receipt time proposed by { $x }:
ob-receipt-agreed = receipt time agreed:
ob-withheld = reason withheld
ob-ended = ended
ob-joined = { $n ->
    [one] covers { $n } more contribution
   *[other] covers { $n } more contributions
    }
turn-ours = our turn
turn-of = { $x }'s turn
turn-nobody = nobody’s turn
chase-liaison = with the liaison officer
chase-coordinator = with the coordinator
chase-meeting = on the next meeting’s list

## Entries
side-ours = us
side-theirs = partner
legend-ours = us, solid edge at the start
legend-theirs = the partner, double edge at the end
own-only = our node only
verdict-irregular = Without effect:
verdict-kept = The entry is kept; both sides see the reason.
verdict-not-evaluated = Written by a newer version: kept, not evaluated yet.
verdict-waiting = Waits for earlier entries to be evaluated.
act-opens = opens the dossier with
act-configures = sets the dossier to: { $x }; participants:
act-leaves = leaves the dossier:
act-proposes = proposes terms, version { $n }
act-signs = signs the proposed terms
act-enacts = brings the terms into force
act-suspends = suspends cooperation
act-resumes = resumes cooperation
suspend-do = Suspend cooperation
resume-do = Resume cooperation
act-asks = asks
act-promises = promises
act-by = by
act-erases = erases the content of
act-erases-file = erases file { $n } of
act-continues = continues the dossier
on-acknowledge = acknowledges
on-progress = works on
on-await = awaits authorisation for
on-extend = gives a new date for
on-pause = needs further details on
on-resume = gives further details on
on-answer = answers
on-refuse = refuses
on-waive = waives
on-withdraw = withdraws
on-contest = contests
on-hand-over = hands over
on-accept = agrees that it is done:
on-join = joins
on-propose-time = proposes a receipt time for
on-agree-time = agrees to the receipt time proposed for
on-partial = in part
translation = Translation
translation-of = The original, alone authentic
entry-concerned = Entry concerned
translation-read = Read the translation
translation-human = by a person
translation-machine = by a machine:
translation-uncertain = origin uncertain
translation-original = the original alone is authentic
translation-stays = This translation stays in our node: the original goes no further, or its author forbids passing it on (H2).
translate = Translate
body-unreadable = Content that this version cannot read; it is kept as it came.
body-erased = Content erased, with evidence. The entry stays in the register.
body-owed = Content owed by the sender, not here yet.
file-withheld = a file not open to your role
proof-withheld = The proof of this entry is not open to your role, or its originator’s conditions keep it in.
body-withheld = Content is here, and not open to your role.
file-erased = file { $n } erased
file-erase = Erase { $x }
file-above = above the charter’s limit ({ $x }): not fetched by { $y } until it is raised
file-failed = does not match its digest
file-wanted = on its way, { $n } %
ladder = Evidence of delivery
ladder-accepted = accepted here
ladder-received = received by { $x }
ladder-not-received = not yet received by { $x }
ladder-answered = answered

## Finding dossiers
filter = Filter
filter-kind = Kind
filter-phase = Phase
filter-partner = Partner
filter-side = Direction
filter-state = State
filter-overdue = late only
dossiers-found = { $n ->
    [one] { $n } dossier
   *[other] { $n } dossiers
    }
col-number = No.
col-title = Subject
col-with = With
col-open = Open
col-updated = Last entry
col-ask = Ask

## A dossier
dossier-purpose = Purpose
dossier-ceiling = Ceiling
dossier-participants = Participants
dossier-convenor = Convenor
title-gone = (subject erased or not received)
dossier-continues = Continues
dossier-continued-by = Continued by
dossier-widen = Bring in another state
dossier-opened = Opened
dossier-updated = Last entry
dossier-all-received = The partner holds all our entries of this dossier.
dossier-unreceipted = { $n ->
    [one] { $n } of our entries is not received yet
   *[other] { $n } of our entries are not received yet
    }
dossier-given = What we gave, and what came of it
dossier-got = What we got, and have not answered
dossier-obligations = Obligations
dossier-ended = { $n ->
    [one] One has ended
   *[other] { $n } have ended
}
dossier-entries = Entries
dossier-note = Write a note
given-no-feedback = no feedback asked
give-feedback = Give feedback
note-needs-answer = I need an answer
note-with-files = with files or options

## Forms
form-send = Record and send
form-record = Record
form-more = More fields
form-required = required
form-files = Files
form-files-limit = at most { $x } at once, { $y } each; choose them again if the form comes back
sending = Sending the files
sending-kept = Files received, being recorded
sending-stop = Stop sending
sending-stopped = Stopped: nothing was recorded, and what you typed is still here.
sending-broken = It was not sent to the end. What you typed is still here; before you send it again, see in the dossier whether the entry is there.
sending-large = Nothing was sent: together these files are more than { $x }. Send some of them with a second entry.
sending-large-each = Nothing was sent: one of these files is larger than { $x }.
form-lang = language of the text
form-towards = towards
form-continues = continues
form-continues-means = Tick the services of the state that you bring in. All who take part are asked again; nothing of the earlier dossier crosses by itself: each shows there what it wrote itself.
form-others-words = Another state wrote the opening of that dossier: say the subject and the aim in your own words.
form-asked-of = If you need an answer, from whom
form-asked-of-all = each state that takes part
form-beside = What you are answering
open-towards = Towards which partner?
feedback-outcome = What became of it
feedback-no-use = No use, because
feedback-one-click = One click records the reason.
release-with = Recorded with:
release-by = decided by
release-necessity = Necessity
release-basis = Legal basis
release-own-only = for our node only: never sent
stale-news = Read what arrived, then record again if it still holds. Your text is kept.
typed-kept = This is what you had written, so that it is not lost:

## Charter
charter-in-force = Terms in force
charter-none = No charter is in force.
charter-proposed = Proposed terms, version { $n }
charter-signed-by = Signed by
charter-signed-by-none = nobody yet
charter-sign = Sign for our side
charter-enact = Bring into force
charter-terms = Read the terms
charter-decline = Decline
charter-withdraw = Withdraw
charter-declined = declined
charter-withdrawn = withdrawn
charter-lapsed = Proposals that were not signed
charter-waits-signature = waits for the signature of { $x }
charter-waits-enactment = signed by both; { $x } brings it into force
charter-overtaken = Other terms came into force meanwhile: this proposal can no longer be signed.
binding-what = What becomes binding
binding-whom = For whom
binding-from = From when
binding-from-now = at once, as soon as this is sent
binding-from-enactment = once both sides signed and { $x } brings the terms into force; nothing changes until then
binding-earlier = Asked before
binding-earlier-asks = keeps the clocks under which it was asked
sign-means = By signing you commit your state to these terms. A signature cannot be taken back; the terms stand until both sides agree on others.
sign-sure = Yes, sign for our state
sign-not-sure = Tick the box to confirm your signature. Nothing was signed.
enact-means = Both sides signed. From now on both states work by these terms, until they agree on others.
enact-sure = Yes, bring these terms into force
enact-not-sure = Tick the box to confirm the entry into force. Nothing was done.
suspended-by-us = We suspended cooperation: clocks stand still, what is written waits.
suspended-by-them = The partner suspended cooperation: only they can resume it.
terms-entries-a-day = entries a day
terms-soon = due soon: { $x } before
terms-at-due = at once
terms-after = { $x } after
terms-liaison = liaison: { $x }
terms-coordinator = coordinator: { $x }
terms-meeting = meeting: { $x }
terms-clocks = Clocks by ask and urgency
terms-body = texts up to { $x }
terms-file = files up to { $x }
terms-idle = Recorded, and not yet acted upon by this version
terms-changes = What would change
terms-no-change = Nothing: the same terms as those in force.
terms-faults = This proposal cannot be signed here:
terms-form-about = Change what should differ; the rest stays as it is. Clocks count calendar time. The partner sees the changes and signs them, or not.
terms-clocks-help = An empty line falls away; the ordinary clock then counts. Add others in the last lines.
terms-another-clock = Another clock
terms-urgency = Urgency
terms-unit = Unit
terms-step-soon = Shows as due soon, before the due time
terms-step-liaison = Reaches the liaison officer, after the due time
terms-step-coordinator = Reaches the coordinator, after the due time
terms-step-meeting = Stands on the list for the next meeting, after the due time
terms-ceiling-help = Highest class of what may be sent, in dossiers opened from then on.
terms-feedback-owed = contributions and answers oblige their recipient to feedback
terms-limit-entries = Entries a day from one node
terms-limit-file = Largest file, in MiB
terms-equivalences-help = Which level of its own a state treats as a class here: a code such as diffusion-restreinte. An empty line falls away.
terms-level-here = Class
terms-level = Own level
unit-ms = milliseconds
unit-s = seconds
unit-min = minutes
unit-h = hours
unit-d = days
terms-modelled = Modelled on — { $x }. None of these instruments requires these limits between the parties, unless they are bound by it anyway.

## Declarations
points = Points and commitments
point-debtors = promised by:
point-due = due:
point-texts = In the other languages
point-because = Words that made it proposed:
point-pledge = Pledge the same
point-relate = relate to an earlier point
related-by = { $x } { $y } this point
status-open = nothing claimed yet
status-claimed = claimed done by
status-agreed = agreed done
declaration-texts = Texts, paragraph by paragraph
declaration-proposals = The machine proposes and says why; nothing obliges before a person confirms.
proposed = Proposed
proposal-confirmed = confirmed by
proposal-dismissed = set aside: not a commitment
proposal-both = both parties
stmt-commits = commits
stmt-reaffirms = reaffirms
stmt-studies = studies towards
stmt-concerned = is concerned
stmt-condemns = condemns
stmt-supports = supports
stmt-welcomes = welcomes
stmt-calls = calls on
stmt-procedural = procedural
stmt-notes = position
import-why = Bring the text in one to three languages. You will see what the machine reads in it; nothing is stored before you agree.
import-title = Title
import-reference = Short reference
import-date = Date
import-place = Place
import-version = Text { $n }
import-more-languages = The same text in other languages
import-lang-detect = to be recognised
import-file = File (text, Markdown or HTML)
import-paste = or pasted text
import-preview = See the proposals
import-store = Store the declaration
import-missing = A title and at least one text are needed.
import-found = { $n ->
    [one] { $n } commitment proposed.
   *[other] { $n } commitments proposed.
    }
import-register = Import a register of commitments
import-register-why = A JSON file of instruments and points, already classed and related.
import-register-file = JSON file
import-register-do = Import the register
import-fault-size = The file is { $x }, more than the { $y } accepted.
import-fault-utf8 = The file is not UTF-8: the first wrong byte is at position { $x }, counted from zero.
import-fault-binary = The file is binary, not text: control character at position { $x }, counted from zero.
import-fault-empty = The file holds no text.
import-fault-paragraphs = The file has more than { $x } paragraphs.
import-fault-language = The language is neither French, English nor Arabic: name it.
import-fault-json = The register’s JSON is wrong at line { $x }, column { $y }
import-json-syntax = it is not JSON
import-json-shape = a field is missing or of the wrong type
import-json-cut = the file is cut short
import-fault-twice = The identifier { $x } is used twice.
import-fault-instrument = Point { $x } names the instrument { $y }, which the register does not have.
import-fault-follows = Point { $x } follows { $y }, which the register does not have.
import-fault-circle = Point { $x } follows itself through others.
import-fault-no-text = A declaration has at least one text.

## One entry
entry-to-dossier = Back to the dossier
entry-opened = Obligations that it opened
entry-facts = Facts
entry-id = Identifier
entry-type = Type
entry-author = Author
entry-written = Written
entry-here = Here since
entry-audience = Audience
entry-handling = Handling
entry-release = Decision to send
entry-decision = Decision
entry-erase = Erase this entry
entry-proof = Proof
entry-proof-why = The entry, its place in the register, the state of the register cosigned by the partner and the history of the keys stand in one file, checked offline.
proof-recipient = Recipient
proof-position = Place in the register
proof-receipt = Partner’s receipt
proof-waiting = not appended yet
proof-no-receipt = no receipt yet
proof-download = Download the proof
proof-verify = Check offline:

## Released from an earlier dossier
history = History
history-released = released here on
history-binds-nothing = it binds nothing here
history-written = written
history-of = in the dossier
history-original = the original
history-mismatch = What was released does not fit:
history-not-shown = Its content is not shown; nothing follows from it.
release-to = Goes to
release-means = What you tick leaves as it was signed, with its text and its files, by your decision. It is history there: it asks nothing and binds nobody. Translations do not go with it. Whoever erases the original erases it there too.
release-none = This dossier continues no earlier one, or is closed.
release-not-ours = You take no part in this dossier.
release-crosses = What exactly crosses
release-files = { $n ->
    [one] { $n } file
   *[other] { $n } files
    }
release-left-out = { $n ->
    [one] { $n } more of our entries is not listed: release these first.
   *[other] { $n } more of our entries are not listed: release these first.
    }
release-more = Further conditions for all that is ticked
release-do = Release what is ticked

## Ledger and balance
ledger-same = Both sides read the same lines. Nothing in it lapses by itself: silence is the only failure.
ledger-found = { $n ->
    [one] { $n } obligation
   *[other] { $n } obligations
    }
ledger-open = open
ledger-ended = ended
ledgers-agree = ledgers agree
ledgers-differ = ledgers differ
ledgers-asked = comparison asked
reviews-title = Due for review
reviews-why = Contents are reviewed in time: prolong, close or erase in the dossier. Where nobody decides, the node erases them here, and asks the other side to attest that what we wrote is gone there. Neither happens while erasure is held or something is still owed.
reviews-soon = { $n ->
    [0] no dossier is due for review soon
    [one] { $n } dossier is due for review
   *[other] { $n } dossiers are due for review
    }
reviews-pressing = { $n ->
    [one] { $n } of them within days
   *[other] { $n } of them within days
    }
reviews-passed = { $n ->
    [one] for { $n } the day has passed
   *[other] for { $n } the day has passed
    }
reviews-more = The list is longer: what is due first stands here.
reviews-due = review on
reviews-erased-from = erased from
reviews-stays-owed = stays: something is still owed
reviews-stays-held = stays: erasure is held
reviews-stays-released = stays: released into a dossier that goes on
reviews-clock = The node’s clock is taken to be right from now on.
dossier-review = Review
review-because-opened = the term of this kind, from its opening
review-because-agreed = the charter’s term, from its opening
review-because-closed = the term after its closing
review-because-kept = kept:
review-because-each = each entry has its own term; they go together every four weeks
review-because-again = what was there was erased; what came since has a term of its own
act-leaves-review = reviewed; an earlier day was named, and the review stays on
meeting-title = For the next meeting
meeting-why = Obligations that are later than the charter leaves to officers and coordinators.
balance-with = Balance with { $x }
balance-same = Both sides read the same figures.
balance-asked-of = Asked of { $x }
balance-by-service = By owing service
balance-from = from
balance-to = to
period-month = 30 days
period-quarter = Quarter
period-year = Year
fig = Figure
fig-asked = Asks
fig-answered = Answered or done
fig-refused = Refused
fig-dropped = Waived or withdrawn
fig-open = Open
fig-overdue = Open and late
fig-on-time = Ended by the due date, of those that had one
fig-median = Median time from receipt to end
fig-gap = Median gap between written and received
fig-unreceived = Never received
fig-feedback = Feedback given, of that asked
fig-no-use = Feedback that says "no use"
fig-of = { $x } of { $y }
fig-ground = Refused:
fig-mostly-no-use = More than half of the feedback says "no use": for the next meeting.

## Partners
link-up = link up
link-down = link down
link-cut = link cut on purpose
link-alarm = link stopped by an alarm
link-clocks = { $n ->
    [one] clocks differ: theirs named a time { $n } minute ahead of ours
   *[other] clocks differ: theirs named a time { $n } minutes ahead of ours
}
link-restart-answer = It is proposed that our register begins again: nothing is sent until the answer of { $x } is taken here
link-restart-owner = The register of { $x } begins again as agreed: nothing comes until our answer is taken there
link-restart-other = The register of { $x } began again with another agreement than the one held here: ask its coordinator for the file of what was agreed, and take it
link-since = since
link-held = the partner holds { $x } of our { $y } lines
link-in = we hold { $x } of theirs
link-waiting = { $n ->
    [one] { $n } entry waits to leave
   *[other] { $n } entries wait to leave
    }
link-waiting-more = more than { $x } entries wait to leave
link-files = { $n ->
    [one] { $n } file to come
   *[other] { $n } files to come
    }
restored-title = Restored from a backup
restored-at = Restored
restored-journal = The backup’s journal goes up to
restored-back = { $n ->
    [one] gave back { $n } line of our register
   *[other] gave back { $n } lines of our register
}
restored-opened = Opened again, every partner heard
restored-alone = Opened without waiting for the partners
restored-not-back = What cannot come back: the journal since the backup, what was not sent yet, entries for our own node only, accounts and settings changed since, the officer behind a pseudonym made since.
restored-untold = { $n ->
    [one] The content of { $n } entry was destroyed after the backup by an erasure that no partner had heard of. If a partner holds it, erase it once more:
   *[other] The content of { $n } entries was destroyed after the backup by erasures that no partner had heard of. If a partner holds them, erase them once more:
}
own-card = Our card
own-card-why = For the partner; compare fingerprints aloud before pinning it.
partner-link = Link and registers
partner-desk = Standing desk
partner-charter = Charter
partner-propose-charter = Propose a charter
reg-out = Our register
reg-held = of which held by the partner
reg-in = Their register, held by us
reg-waiting = Waiting
reg-cut = Last comparison
reg-cut-sizes = { $x } of ours, { $y } of theirs
suspend-title = Suspension
suspend-why = Each side suspends for itself, and alone lifts its own suspension. Clocks stop; receipts, erasures and what saves life always pass.
suspend-means = Once sent, nothing that is written leaves for this partner and clocks stand still, for both states. Only the charter, receipts, erasures and what saves a life still pass.
suspend-sure = Yes, suspend cooperation between our two states
suspend-not-sure = Tick the box to confirm the suspension. Nothing was done.
erase-means = What is erased is destroyed at both nodes and cannot be brought back. The partner then owes its attestation.
erase-means-here = What is erased is destroyed and cannot be brought back. It never left this node: nobody else holds it.
erase-file-means = This file is destroyed at both nodes and cannot be brought back; the text and the other files stay. Its name is shown no more, but stays sealed in the signed text: if it must go too, erase the entry. The partner then owes its attestation.
erase-file-means-here = This file is destroyed and cannot be brought back; the text and the other files stay. Its name is shown no more, but stays sealed in the signed text: if it must go too, erase the entry. None of it ever left this node.
expired-means = All that this node holds of the dossier is destroyed now, before its term too, and cannot be brought back; what our node wrote goes at the partner’s as well, which owes its attestation.
erase-sure = Yes, destroy it
erase-not-sure = Tick the box to confirm the erasure. Nothing was destroyed.
form-suspended = Cooperation with this partner is suspended: what you write here waits until it resumes, unless a life is in danger.
suspend-remark = Remark for the partner
identity = Identity
identity-why = Read the fingerprints aloud over another channel than this one: they must be the same on both sides.
fingerprint-theirs = Partner’s fingerprint
fingerprint-theirs-next = Partner’s fingerprint next
fingerprint-ours = Ours
fingerprint-ours-next = Ours next
identity-address = Address
identity-pinned = Pinned
key-changes = Signing keys over time
key-changed = The signing key was changed, signed by the old and the new key:
key-leaf = at place { $x } of the register
key-here = received
key-confirmed = Newest change confirmed by the partner:
key-confirmed-yes = yes
key-confirmed-not = not yet
tls-changes = TLS keys over time
tls-changes-why = The TLS key opens the connections of the link and counts in the fingerprint. Both fingerprints are right until the new key is shown.
tls-changed = The TLS key was changed, signed by the old and the new key and by the signing key:
tls-not-shown = not shown yet
tls-until = the old one opens nothing from
tls-waits = Newest TLS key not confirmed yet by:
key-compromised = Keys declared compromised
key-compromised-short = A signing key of this partner is declared compromised; it proves nothing from
key-compromised-why = Others may have had this key. What it signed counts only if the other side cosigned it before the time named; nothing further that it signs is taken.
key-compromised-from = Proves nothing from
key-compromised-by = declared by { $x }
key-compromised-here = kept here
key-compromised-file = The signed declaration
compromise-title = A key is known to others
compromise-ways = Declare a key of this partner compromised
compromise-why = When the partner tells you that others may have one of its signing keys. From the time it names on, that key proves nothing here, for good.
compromise-file = The partner’s declaration
compromise-read = Read what it says
compromise-voice = Without a file: what its people said by voice
compromise-voice-why = Only if the partner has no newer key that could sign a declaration, or the file cannot come. It is then declared in our own name.
compromise-print = The fingerprint of that key, as the people of { $x } read it to you
compromise-since = It proves nothing from (UTC)
compromise-since-why = Since when others may have had it; if nobody can tell, now.
compromise-own = Declare one of our keys compromised
compromise-own-why = The newest key signs the declaration. If the newest one may be known to others, it is changed first, at the machine: entente key rotate.
compromise-key = Which key
compromise-replaced = replaced
compromise-none = This node never changed its signing key. If it may be known to others, it is changed first, at the machine: entente key rotate. The new key then declares the old one.
compromise-next = Read what it means
compromise-of = A signing key of { $x }
compromise-means = Kept for good: nobody takes it back. From this time on nothing that the key signed proves anything here unless we cosigned it before, and nothing further is taken under it. If no newer key of this partner is known here, nothing is sent or received until its register begins again.
compromise-own-means = Kept for good: nobody takes it back. From this time on the key proves nothing, and this node signs nothing further with it. Give the signed file to every partner; it is shown afterwards under “Our card”.
compromise-sure = Yes, declare this key compromised for good
compromise-do = Declare it
compromise-take = Take the declaration
identity-card = Partner’s card
evidence = Evidence kept
evidence-fork = two signed histories contradict each other; the link is stopped
evidence-rollback = a register went back; the link is stopped
evidence-tampered = data that do not fit their signature; connection closed
evidence-own-behind = the partner holds more of our register than we do; the link is stopped
evidence-restored = the partner lost part of its register and took it back from us
evidence-lost-by-both = after restores on both sides, receipts that this node had given do not fit what the partner has now; nothing proves why, and the link goes on
signing-key-missing = This node’s key store does not have the secret of the key that it signs with: it is older than the key. Put the newest copy of the backup’s keys folder in its place; nothing is signed before.
evidence-ledgers-differ = the two ledgers differ
evidence-told-otherwise = another state says that it was sent another entry under the same number than we were
evidence-relayed = an entry of another state, sent in its place; it counts only once it comes from there
evidence-equivocation = two different entries under one number in a dossier
evidence-lanes-forked = dossiers continued in contradicting ways too often; nothing more is taken
evidence-alarm-lifted = alarm lifted after people spoke; the link goes on
evidence-restarted = a register began again after both coordinators agreed; what both signed is kept
evidence-other-beginning = a register of the partner began with another agreement than the one that this node gave last; nothing of it was taken, and the file of what was agreed mends it
restarts-title = Registers that began again
restart-agreed-at = Agreed by both coordinators up to { $x } lines
restart-offered = Proposed by its coordinator when it had { $x } lines
restart-root-at = Root there
restart-ways = Begin a register of this link again
restart-why = After a fork, or when the key of a register is lost or known to others, its owner proposes that it begins again, the partner accepts, the owner takes the answer. The files go by any way; the fingerprint is compared aloud over another.
restart-propose = Propose that our register begins again
restart-propose-do = Sign and propose
restart-propose-means = From now on nothing is sent to this partner until its answer is taken here. What is agreed stands for good: where the register ends, and with which key it goes on.
restart-has = It has { $x } lines now
restart-our-key = It would go on with the key of this card:
restart-ground = Why it begins again
restart-ground-why = If the key is lost or known to others, this node must have begun another one first (entente key begin).
restart-no-ground = Say why the register begins again. Nothing was proposed.
restart-not-sure = Tick the box to confirm. Nothing was done.
restart-proposal-file = Download the proposal
restart-carry = Take the proposal to the partner’s coordinator by any way, and read the fingerprint of our card aloud over another.
restart-withdraw = Take the proposal back
restart-answer-file = Download our answer
restart-file = A proposal or an answer that the partner sent
restart-file-again = The same file once more: it is too long to be carried by this page
restart-file-missing = Choose the file that the partner sent.
restart-read = Read it
restart-accept = Accept the proposal
restart-accept-means = By accepting you sign for your state where the partner’s register ends. What it writes from then on is believed under the key of this fingerprint. This cannot be taken back.
restart-compare = The fingerprint that the people of { $x } read to you
restart-compare-why = Over another way than the file’s. Do not accept one that nobody read to you.
restart-agreed-from = Where the partner’s node says that it holds fewer leaves than were agreed: how many it holds
restart-agreed-file = Download what the partner agreed to, for a partner that lost it
restart-again = Take again what was agreed
restart-again-means = This node accepted this once and lost it to a restore: its own signature is on it. The partner’s register ends again where it was agreed then. This cannot be taken back.
restart-conclude = Take the answer
restart-conclude-means = Our register ends where both sides agreed and goes on in the next generation. What the partner holds in our name and we do not have comes back. This cannot be taken back.
restart-conclude-sure = Yes, take this answer
irregular-entries = Entries without effect

## Failures
go-today = Back to Today
fail-not-found = There is nothing here
fail-sign-in = The session has ended
fail-wait = Too many wrong passwords
fail-busy = The node takes as many files as it can at a time
fail-second-factor = A second factor is needed first
fail-foreign-form = This form was not accepted
fail-forbidden = Your role does not allow it
fail-fields = Some fields need correcting
fail-input = This could not be read
fail-refused = This was not accepted
fail-stale = Something came in between
fail-irregular = This is not possible here
fail-too-large = This is too large
fail-link = The link does not allow it
fail-storage = Storage does not answer
fail-full = The node is full
storage-full = There is no room left for these files. Nothing of them was kept; whoever runs the node has to make room.
fail-closed = This node was restored from a backup
fail-bug = A fault of ours
limit-is = The limit is { $x }.
blame-not-found = The page does not exist, or is not open to you: the answer is the same.
blame-sign-in = Sign in again; what was recorded is safe.
blame-wait = Nobody is shut out: the wait ends by itself.
blame-busy = What was typed was not recorded; it can be sent again.
blame-second-factor = Nothing was done. Take a second factor on the page “My account”.
blame-foreign-form = It came from a page that is not ours, or from an ended session. Nothing was done.
blame-forbidden = Nothing was done. Ask those who give roles.
blame-stale = Nothing was done. Read the page again and repeat if it still holds.
blame-link = Nothing is lost: what is written waits until the link allows it.
blame-input = Nothing was stored. Correct it and try again.
blame-ours = The fault is ours, not yours nor the partner’s. It is noted in the node’s log.
blame-closed = Nothing is shown or written before every partner gave back what it holds of our register and said again what was erased since. An administrator can open the node without waiting: entente recover --alone.
compose-target = This act is about an obligation that is still open and on which our side may act.
compose-nobody = Name the service that is asked.
input-form = The form could not be read.
input-silent = Nothing came for a minute, so the upload was broken off. Nothing of it was kept.
input-day = The days could not be read, or the end is before the start.
input-years = At most ten years are counted at once.
other-history = The partner shows another register than the one that we confirmed to hold. The evidence was kept: speak with its coordinator.
link-fault-cut = This link is cut on purpose: it goes on once somebody mends it (entente link mend).
link-fault-own-key-compromised = This node’s register is signed by a key that was declared compromised, and no change leads on from it: it must begin again with another key (entente register restart propose).
link-fault-partner-key-compromised = The newest key that is known of this partner was declared compromised: nothing is sent or taken until its new key is known here.
link-fault-not-cut = This link is not cut.
link-fault-driven = Another process of this node drives the link.
link-fault-lanes = The partner wrote contradicting series of entries too often: the link was stopped and the evidence was kept. Speak with its coordinator.
link-fault-never-left = This entry is for our own node and never left it: there is nothing to prove.
link-fault-no-charter = No charter is in force with this partner yet.
link-fault-no-partner = No partner is linked yet.
link-fault-not-received = The other side has not received this entry yet: there is nothing to prove.
link-fault-not-stopped = No alarm stopped this link.
link-fault-unnamed = There is more than one partner: name the one that is meant.
link-fault-session = The link is busy: a session is up, or was a moment ago. What waits flows by itself, or try again in a few seconds.
link-fault-state-no-charter = No charter is in force with one of these states yet.
link-fault-state-not-admitted = The charter with one of these states does not admit this.
link-fault-state-unlinked = One of these states is not linked to ours.
link-fault-state-version = One of these states runs a version without dossiers of three states or more.
link-fault-state-continues = One of these states runs a version in which a dossier continues no earlier one.
link-fault-states = More states than one dossier can have.
link-fault-stopped = An alarm stopped this link: it goes on once the coordinators of both sides spoke.
link-fault-taken-over = Another process of this node took the link over.
link-fault-version-older = Nothing was recorded: a node that takes part, yours or a partner’s, runs a version that does not know this sort of entry yet. Ask for that node to be updated and try again once it has connected; until then, write what both know: say it in a note, or erase the whole entry instead of one file.
restart-fault-damaged = This is no whole proposal or answer for a register to begin again: take the file from the partner once more.
restart-fault-broken = What is signed in this file does not hold. Do nothing with it, and speak to the partner.
restart-fault-other-nodes = This file is not between this node and one of its partners.
restart-fault-generation = The register is not in the generation that this file closes: it began again already, or something is to be concluded first.
restart-fault-unknown-key = This file is signed by a key that is not known as the partner’s: take the partner’s newest card first.
restart-fault-not-ours = The proposal in this file was not made by this node.
restart-fault-held-less = { $n ->
    [one] This node holds { $n } leaf of that register, fewer than were agreed then. What came is kept. Ask the partner for a file of what was agreed that brings the leaves from { $n } on.
   *[other] This node holds { $n } leaves of that register, fewer than were agreed then. What came is kept. Ask the partner for a file of what was agreed that brings the leaves from { $n } on.
}
restart-fault-key-changed = The signing key changed since this was proposed: take the proposal back and propose again.
restart-fault-differs = What was agreed does not fit this node’s register: nothing was changed. Speak to the partner before you go on.
restart-fault-leaves-missing = This node lost a part of its register that the file does not bring: propose again, and take the new answer.
restart-fault-no-sealing-key = The proposal brings no valid key to seal the answer to: the partner must propose again.
restart-fault-unopened = What the file brings is sealed to a key that this node does not have any more: propose again, or, of what was agreed before, show the partner this node’s card of now and ask for the file again.
restart-fault-same-key = The register would begin with the key of before: make a new key first.
restart-fault-new-key = This node has a new key that does not follow from the register’s: propose that the register begins again. Until then the link waits.
restart-fault-not-proposed = Nothing is proposed to this partner.
restart-fault-proposed = It was proposed that this node’s register begins again: the link waits for the partner’s answer.
restart-fault-too-often = This register began again too often.
restart-fault-other-proposal = This is no answer to the newest proposal of this node. Propose again, and take the answer that the partner gives to that: what it agreed to once stands.
input-fault-card-name = The card names no node.
compromise-fault-damaged = This is no whole declaration of a compromised key: take the file from the partner once more.
compromise-fault-most = No more keys of one node can be declared compromised.
compromise-fault-newest = This is the newest key, and it would have to sign the declaration: change the key first (entente key rotate).
compromise-fault-other-node = This declaration is not by this partner and of a key of its own.
compromise-fault-signature = The signature of this declaration does not hold. Do nothing with it, and speak to the partner.
compromise-fault-signer = This declaration is signed by no newer key that is known of the partner: pin its new card first (entente link add).
compromise-fault-time = Name a time that has passed.
compromise-fault-unknown-key = No key of this fingerprint is known of that node.
input-fault-fingerprint-differs = The fingerprints differ: do not pin this card. Compare again over another channel.
input-fault-fingerprint-form = A fingerprint is eight groups of four hexadecimal digits.
input-fault-key-file = This is not a key file of an Entente node.
input-fault-missing-header = The partner named an entry without sending its header: its program is at fault.
input-fault-node-open = This node is open already.
input-fault-no-reason = Say why, for the inspector.
input-fault-officer-id = An officer’s identifier is 1 to 64 of a-z, 0-9, '.' and '-'.
input-fault-officer-services = An officer belongs to at least one service, and only to services of this node.
input-fault-officer-taken = This identifier is taken.
input-fault-other-card = A partner of this name is pinned with another card, and the key changes in this one do not lead to it from the key that we know. A key that was lost cannot be replaced under the same name.
input-fault-other-store = This store belongs to another node, or to other keys.
input-fault-own-card = This is this node’s own card: pin the partner’s.
input-fault-own-only = A dossier is opened towards a partner: it cannot be for our own node only.
input-fault-held = Erasure is held, or what was written was released into a dossier that goes on: lift the hold first.
people-fault-code-wrong = This code does not fit, or was used already: wait for the next one.
people-fault-factor-none = This account has no second factor.
people-fault-factor-required = This node asks everybody for a second factor: change the app instead of removing it.
people-fault-offer-over = This secret is no longer offered: begin again.
people-fault-password-wrong = This is not your present password.
people-fault-administrator = The role of administrator is given and taken at the machine itself, by the command line: entente officer change.
people-fault-no-reset = No reset waits to be confirmed: nobody asked for it, or more than 72 hours ago.
people-fault-not-invited = This officer can sign in already: what is lost is reset by two administrators.
people-fault-oneself = Nobody changes their own roles, services or access.
people-fault-second = Another administrator must confirm it.
people-fault-stand-in-contents = Nobody stands in for, or as, whoever administers or inspects.
people-fault-stand-in-magistrate = A magistrate is stood in for by a magistrate.
people-fault-stand-in-most = No more colleagues may stand in for one person: end one first.
people-fault-stand-in-period = The first day is today or later, the last one not before it, and three months are the most.
people-fault-stand-in-walled = The two work on different sides of a wall between purposes: one person cannot do both, even by turns.
people-fault-no-passkeys = This node has no passkeys: its public address is not set.
people-fault-passkeys-most = No more passkeys: remove one first.
people-fault-passkey-wrong = This passkey does not fit, or the answer came too late: begin again.
people-fault-no-provider = This node has no OpenID provider.
people-fault-proof-needed = You have no password here: first confirm that it is you, by a passkey or by signing in again at the provider.
people-fault-provider-denied = The provider signed nobody in. Try again, or sign in by another way.
people-fault-provider-last = Nothing else would open this account: first a password is set or a passkey added; otherwise two administrators reset it.
people-fault-provider-silent = The provider does not answer just now. Try again in a moment, or sign in by another way.
people-fault-provider-taken = This account at the provider is in use here already, or you have bound one already.
people-fault-provider-unknown = This account at the provider opens none here. Bind it on “My account”, or ask an administrator for an invitation.
people-fault-provider-weak = The provider did not ask you for what this node requires, such as a second factor.
people-fault-provider-wrong = What came back from the provider does not fit, or came too late: begin again.
card-fault-damaged = It is no whole card: it was cut short, altered, or is something else. Ask for it again.
card-fault-history = The key changes that it names do not lead to its key.
card-fault-signature = It is not signed by the key that it names.
card-fault-version = It is of a version that this node does not know.
input-fault-key-changes = { $n ->
    [one] This node changed its signing key once: a proof carries no more changes.
   *[other] This node changed its signing key { $n } times: a proof carries no more changes.
}
input-fault-password-guessable = This password is among those that are guessed first: known from breaches, made of this node’s own words, or of a few signs over and over. A few words that do not belong together are better.
input-fault-tls-changes = { $n ->
    [one] This node changed its TLS key once: its card names no more changes.
   *[other] This node changed its TLS key { $n } times: its card names no more changes.
}
input-fault-tls-changing = The TLS key is being changed already: not every partner has confirmed the newest one (entente key list). If it may be known to others, change it at once: entente key rotate --tls --now.
input-fault-tls-partners = The program of a partner does not follow a change of TLS key: it would refuse the new one.
input-fault-password = { $n ->
    [one] A password has at least one character.
   *[other] A password has at least { $n } characters.
}
input-fault-reason = { $n ->
    [one] Say why, in one character.
   *[other] Say why, in 1 to { $n } characters.
}

## Tour
tour-intro = You are at node { $x }. Six steps: ask, see it arrive, cut, run late, answer, tamper.
tour-guest = No need to sign in: the steps act as the liaison officer, an invented person.
tour-guest-other = Choose another person
tour-here = Our side
tour-1 = Ask
tour-1-how = An urgent, fictional request leaves for the partner. Its clock is eight hours: both sides read it alike.
tour-ask = Send the request
tour-2 = See it arrive
tour-2-how = On the other side it stands under "What we owe". Here its evidence of delivery shows the receipt.
tour-3 = Cut the link
tour-3-how = Everything goes on working on each side. What is written waits, and the number waiting is on screen.
tour-cut = Cut the link
tour-mend = Mend the link
tour-4 = Let eight hours pass
tour-4-how = The clock of both nodes moves on. The request turns late on both sides, without anybody writing anything.
tour-jump = Move on eight hours
tour-5 = Answer, and say what came of it
tour-5-how = Mend the link; then answer where the request was received. The answer opens feedback for whoever asked: one click may do.
tour-6 = Tamper with a proof
tour-6-how = One bit is changed in a copy of the proof of the newest exchanged entry. See who notices; the entry itself stays untouched.
tour-tamper = Tamper with a copy
tour-caught = Caught.
tour-not-caught = Not caught.
tour-tampered = One bit was changed in a copy of the proof of entry { $x }
tour-tampered-at = byte { $x } of { $y }
demo-fault-clock-file = The file that both nodes read the clock from cannot be written: the node’s log says why.
demo-fault-far-ahead = The clock is far enough ahead: start the demonstration again for more.
demo-fault-jump = The clock jumps forward only, by at most a year.
demo-fault-no-liaison = This node has no liaison officer to export a proof.
demo-fault-nothing-yet = Nothing was exchanged and received yet: ask something first.
demo-fault-unverified = Not even the unaltered proof verifies: { $x }.
cli-signed-other = signed by a node with another fingerprint
cli-cosigned-other = cosigned by a node with another fingerprint
cli-compromised = it was signed by a key that is declared compromised, and the other node cosigned it only after { $x }, from when on that key proves nothing. Ask for a new proof under the keys of now (`entente proof --newest`)
cli-cosigner-compromised = it was cosigned by a key that is declared compromised since { $x }: who has it chooses the time in its cosignatures. Ask for a new proof under the keys of now (`entente proof --newest`)
cli-unvouched = a key that was declared compromised stands between the key that signed it and the others: name the fingerprint that you know of the node that wrote it (--signed-by)
cli-unvouched-cosigner = a key that was declared compromised stands between the key that cosigned it and the others: name the fingerprint that you know of the node that cosigned it (--cosigned-by)
cli-verify-alone = what the node on this machine knows of compromised keys was not asked: { $x }
cli-compromise = { "  " }key { $x } is declared compromised: it proves nothing from { $y } on
cli-compromise-by = { "  " }declared by { $x } on { $y }
cli-compromise-next = The declaration is in { $x }. Take it to every partner by any way, with the new card: there, `entente link compromised`.
cli-compromise-need = Name the partner’s file with --declaration, or the time with --at.
cli-compromise-damaged = { $x } is no whole declaration of a compromised key
proof-armour = the text armour around it cannot be read
proof-body = the body is not the one that the header commits to
proof-card = one of the two cards does not verify
proof-declaration = a declaration of a compromised key that it brings does not hold
proof-bytes = its bytes do not have the form of a proof
proof-checkpoint = the signed state of the register does not verify
proof-cosignature = the partner’s cosignature does not verify
proof-header-version = a header of a version not known here: the body cannot be compared
proof-generations = the generations of the register do not follow from each other
proof-history = the history of keys is broken
proof-inclusion = the entry is not in the register at the place named
proof-key-change = a change of keys does not verify
proof-parties = the register is not between the nodes of the two cards
proof-too-large = a part is larger than allowed
proof-version = a proof of a version not known here
tour-sample-title = Hire of a delivery van
tour-sample-question = Who had hired this fictional van from 3 to 9 March?
tour-sample-facts = The van appears at three places where stolen tools were left. An invented example.
tour-sample-link = The van is registered with you.

## Command line
cli-mend = please correct: { $x }
cli-hidden = (not open to you)
cli-period = from { $x } to { $y }
cli-explained = { $x }: { $y }
cli-no-officer = no officer { $x } here: `entente officer list` shows them
cli-officers-none = this node has no officer yet: `entente officer add` makes one
cli-who-acts = say who acts: --as OFFICER (`entente officer list` shows them)
cli-no-partner = no partner { $x }: `entente link list` shows them
cli-partners-none = no partner yet: `entente link add` makes one
cli-name-partner = name the partner: --partner NODE
cli-dossier = dossier
cli-obligation = obligation
cli-entry = entry
cli-none-seen = { $x } { $y }: none that you may see
cli-several = { $x } { $y }: several fit, give the whole identifier
cli-bad-card = { $x } is not a valid card: { $y }
cli-address = an address is written host:port
cli-type-fingerprint = Type the fingerprint that the people of { $x } read to you:
cli-need-fingerprint = the fingerprint read by the partner is needed: --fingerprint "abcd ..."
cli-fingerprint-form = a fingerprint is eight groups of four hexadecimal digits
cli-fingerprints-differ = the fingerprints differ: this is not the card of the people you spoke with. Nothing was pinned; ask for the card again over a safe way
cli-pinned = Partner { $x } is pinned. Next: `entente charter propose --partner { $x }`.
cli-link-cut = The link with { $x } is cut: no connection any more, at no process of this node. Local work and clocks go on; couriers remain possible.
cli-link-mended = The link with { $x } is mended: what waited flows.
cli-link-resumed = The alarm is lifted: the link with { $x } goes on. The reason is kept with the evidence.
cli-not-text = { $x } is not text
cli-unreadable = { $x } cannot be read: { $y }
cli-too-large = { $x } is larger than the { $y } bytes allowed
cli-waits-dialled = waits to be dialled
cli-open = { $n ->
    [one] { $n } open
   *[other] { $n } open
    }
cli-no-type = no entry type { $x }; there are: { $y }
cli-see-help = `{ $x } --help` shows what can be said
cli-field-form = a field is written name=value
cli-no-field = { $x } has no field { $y }
cli-where = say where it goes: --dossier NUMBER, or --on NUMBER for an obligation
cli-recorded = Recorded: { $x } { $y }
cli-waits = Waits for the second signature: { $x } { $y }
cli-draft-left = Left: { $x }
cli-draft-done = Done.
cli-draft = draft
cli-cut = the link with { $x } is cut on purpose: what you wrote waits here until somebody mends it (entente link mend)
cli-stopped = the link with { $x } is stopped by an alarm: what you wrote is kept here and does not leave until people start the link again (entente link resume)
cli-opened = Its dossier: { $x }
cli-not-signed = not signed yet by { $x }: terms come into force once both sides signed
cli-no-desk = there is no standing desk with this partner yet: `entente write desk.open` opens it
cli-holds-node = { $x } holds a node already: nothing was changed
cli-ask-node = Name of the node (a-z, 0-9, '-'):
cli-name-node = name the node: --node NAME, 1 to 32 of a-z, 0-9 and '-'
cli-name-long = the node’s name is too long for a service
cli-own-service = the first officer’s service is one of this node: { $x }/...
cli-made = Node { $x } is in { $y }.
cli-made-fingerprint = Its fingerprint: { $x }
cli-made-next = Next: `entente card > card.txt` for your partner, `entente link add` for theirs, `entente serve`. Keep node.keys and its backup apart from the rest: without it nothing can be read.
cli-need-password = a password for { $x } is needed: one line each on standard input
cli-short-password = the password for { $x } needs at least 12 characters
cli-no-terminal = no terminal to ask for a password: use --password-stdin
cli-ask-password = Password for { $x } (12 characters or more):
cli-once-more = Once more:
cli-passwords-differ = the two passwords differ: nothing was changed
cli-charter-proposed = proposed; both sides sign, then the convenor enacts
cli-charter-signed = signed
cli-charter-enacted = in force
cli-charter-sure = This binds our state. Read what is shown above, then confirm with --yes.
cli-charter-lapsed = { $x }: { $y }
cli-nothing-proposed = nothing was proposed yet
cli-no-proposal = no proposal waits for that from this node
cli-proposals = several proposals: choose one with --proposal
cli-charter-done = Charter: { $x }. Entry { $y }
cli-charter-terms = In force: version { $x }, convened by { $y }
cli-charter-by = by { $x }, signed by { $y }
cli-terms-file = The terms cannot be read: { $x }
cli-erase-sure = What is erased cannot be brought back: say it with --yes.
cli-binds-sure = This binds our state: `entente charter show` shows the terms. Confirm with --yes.
cli-statement = [{ $x }] by { $y }
cli-proposed = Proposed, for a person to confirm:
cli-because = because: { $x }
cli-need-title = a title is needed: --title
cli-imported = Imported as dossier { $x }. Its proposed commitments wait to be confirmed on its page.
cli-imported-count = Dossiers imported: { $x }
cli-officer-changed = Officer { $x } is changed.
cli-officer-in = Officer { $x } may sign in again.
cli-officer-unbound = Officer { $x } is bound to no account at the provider any more.
cli-absence-set = { $x } acts for { $y } on these days.
cli-absence-ended = Nobody acts for { $x } any more.
cli-absence-none = Nobody acts for anybody.
cli-officer-out = Officer { $x } is let in no more.
cli-officer-invited = Hand this link to { $x }, after the node's address; it is good for 72 hours and once: { $y }
cli-officer-added = Officer { $x } is added.
cli-policy-may = { $x } may { $y }.
cli-policy-may-not = { $x } may not { $y }.
cli-policy-who = Roles: { $x }. Services: { $y }.
cli-policy-through = Takes part in the dossier through { $x }.
cli-policy-floor = By the floor that no policy loosens: { $x }.
cli-policy-condition = But under the conditions of the entry’s originator: { $x }.
cli-policy-none = No policy permits it, and what is not permitted is denied.
cli-policy-permits = Permitted by policy { $x }: { $y }
cli-policy-forbids = Forbidden by policy { $x }: { $y }
cli-policy-open-to = In the same services this would be open to: { $x }.
cli-policy-open-to-nobody = In the same services this would be open to nobody.
cli-policy-about = name what it is about: the identifier of a dossier or an entry; or a kind, for a dossier to come
cli-policy-about-node = this is about the node, and about no dossier
cli-policy-sound = Policies: { $x }, all sound.
cli-policy-lacks = Look: no policy permits anybody this action, which came with a later program: { $x }. The default policy { $y } permits it. Take it over from entente policy defaults, unless nobody is to do this.
cli-policy-retired = Look: policy { $x } is no longer among the default ones, since the program keeps its conditions itself. While it is here, it also bars what an originator has permitted: take it out.
cli-policy-written = The default policies are written to { $x }. Change them, check them by entente policy check, and put the folder into the data directory under the name policies.
cli-fingerprint = fingerprint of { $x }: { $y }
cli-fingerprint-why = read it to your partner over another channel: never send it along with the card.
cli-proves-nothing = this proves nothing: { $x }
cli-valid = Valid. Entry { $x }
cli-written-by = { "  " }written by { $x } (fingerprint { $y })
cli-held-by = { "  " }held by { $x } (fingerprint { $y })
cli-held-since = { "  " }since { $x }
cli-place = { "  " }place { $x } of { $y } in the register
cli-body-matches = { "  " }body matches
cli-body-absent = { "  " }body absent
cli-generation = Generation { $x } of the register began after both nodes agreed on the { $y } lines before it.
cli-key-changes = { "  " }key changes: { $x }
cli-compare = Compare both fingerprints with those that you trust: the file itself cannot vouch for them.
cli-exists = { $x } exists: name a new directory
cli-backed-up = Backed up to { $x }; files: { $y }.
cli-keep-apart = Keep { $x } apart from the rest and destroy its copies within 30 days.
cli-files-carried = Files carried and read back: { $x }; there already: { $y }.
cli-files-damaged = Files left out because they are damaged: { $x }. A partner’s are asked for again when they are read.
cli-no-folder = { $x } is not a folder: nothing was changed
doctor-bucket = the bucket of files writes, lists, reads back and deletes
doctor-versions = the bucket of files does not keep what is deleted
doctor-versions-never = no versions were ever kept
doctor-versions-once = versions were kept once: destroy those that are left
doctor-versions-kept = versions are kept
doctor-versions-untold = the server does not say: ask your provider
doctor-provider-off = signing in there is off: { $x }
doctor-provider = the OpenID provider describes itself and shows its keys
cli-never-restored = This node was never restored from a backup.
cli-restored = Restored { $x }; the backup’s journal goes up to { $y }.
cli-gave-back = { $x } gave back of our register: { $y } lines.
cli-closed = Closed: nothing is shown or written before every partner was heard (or: entente recover --alone --reason "…").
cli-opened-alone = Opened without waiting for the partners { $x }.
cli-reopened = Opened again { $x }: every partner was heard.
cli-missing = { $x } is missing: a backup has the folders data and keys
cli-not-empty = { $x } is not empty: nothing was changed
cli-file-exists = { $x } exists: name a new file
cli-unwritable = { $x } cannot be written: { $y }
cli-packing = packing
cli-unpacking = unpacking
cli-bundle-for = Bundle for { $x }: { $y }.
cli-bundle-from = Bundle from { $x }: { $y }.
cli-bundle-carry = Carry it there. Only a bundle that comes back says that it arrived.
cli-bundle-return = Send one back: only then does the partner know that this one arrived.
cli-sealing-key = made { $x }, until { $y }
cli-key-destroyed = destroyed
cli-key-current = partners seal to it
cli-key-opens = still opens
cli-key-rotated = This node has a new signing key. Fingerprint for new partners: { $x }
cli-key-rotated-next = Partners follow by themselves: nobody needs to compare again. Make a backup now, for older ones do not have this key: `entente backup`.
cli-restart-proposed = The proposal is in { $x }. Take it to the coordinator of { $y } by any way, and read the fingerprint aloud over another. Until the answer is taken here, nothing is sent.
cli-restart-accepted = The register of { $x } begins again here. Take the answer in { $y } back to its coordinator: the link goes on once it is taken there.
cli-restart-part = What this part of the answer of { $x } brought is kept, and there is more of it. Take { $y } to its coordinator, who accepts it like a proposal, and take the next part here.
cli-restart-concluded = { $n ->
    [one] This node’s register begins again; { $n } entry came back that was not here. The link goes on.
   *[other] This node’s register begins again; { $n } entries came back that were not here. The link goes on.
    }
cli-restart-none = No register of this link began again, and nothing is proposed.
cli-restart-waits = The link waits for the answer of { $x }.
cli-restart-withdrawn = The proposal to { $x } is taken back: the link goes on as before. If the partner accepted it already, take its answer all the same.
cli-restart-agreed = What was agreed is in { $x }. Take it to the coordinator of { $y }: there, `entente register restart accept`.
cli-restart-again = What this node agreed to with { $x } stands again: the link goes on.
cli-restart-need-out = Name a file for the answer with --out.
cli-restart-no-coordinator = No officer of this node is a coordinator: add one, for only coordinators agree on this.
restart-register = Register of { $x } towards { $y }
restart-generation = Generation { $x } ends, generation { $y } begins
restart-ground-fork = Ground: two histories of it were signed
restart-ground-key-lost = Ground: the key that signed it is lost
restart-ground-key-compromised = Ground: the key that signed it may be known to others
restart-proposed-at = Proposed { $x }, when it had { $y } lines
restart-fingerprint = It begins with the key of this fingerprint, to be compared aloud: { $x }
restart-agreed = Agreed up to { $x } lines, { $y }
restart-root = Root there: { $x }
cli-key-begun = This node begins with another signing key. Fingerprint to read to every partner: { $x }
cli-key-begun-next = Nothing leads to it from the key before: propose to each partner that this node’s register begins again, `entente register restart propose`. Back up now: `entente backup`.
cli-key-first = The signing key is this node’s first; it was never changed.
cli-key-line = changed { $x }, signed by both keys: { $y }
cli-key-waits = { $x } has not confirmed the newest change yet
cli-key-knows = { $x } confirmed the newest change
cli-key-partner-changed = { $x } changed its signing key on { $y }, signed by both keys
cli-tls-rotated = This node has a new TLS key. It is shown once every partner has confirmed it, at the latest on { $x }. Fingerprint from then on: { $y }
cli-tls-rotated-now = This node has a new TLS key and shows it from now on; partners that follow the change take the old one no longer. Fingerprint: { $x }
cli-tls-rotated-next = Partners follow by themselves: nobody needs to compare again. Make a backup now, for older ones do not have this key: `entente backup`. `entente key list` says who confirmed it.
cli-tls-unable = The program of { $x } does not follow a change of TLS key: it would refuse the new one. Let it be updated first. If the old key may be known to others, change it at once with --now: that link then stays down until the partner has updated.
cli-tls-line = TLS key changed { $x }, signed by both keys and the signing key: { $y }
cli-tls-next = the new TLS key is not shown yet; fingerprint once it is: { $x }
cli-tls-waits = { $x } has not confirmed the newest TLS key yet
cli-tls-partner-changed = { $x } changed its TLS key on { $y }, signed by both keys and the signing key
## Courier
courier = Courier
courier-to = By courier to { $x }
courier-why = Where there is no line: a sealed file that people carry. It brings entries, files and receipts; only a bundle that comes back says that they arrived.
courier-not-received = { $n ->
    [one] One of our asks has not been received in time: pack a bundle.
   *[other] { $n } of our asks have not been received in time: pack a bundle.
    }
courier-packed = Last one packed here
courier-unpacked = Last one unpacked here
courier-none = none yet
courier-entries = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
    }
courier-files = { $n ->
    [one] { $n } file
   *[other] { $n } files
    }
courier-key = Sealed to their key
courier-key-until = valid until
courier-pack = Download a bundle
courier-file = Bundle received
courier-unpack = Upload and unpack
courier-limit = Up to { $x } here; the command line takes any size. While a connection is up, what waits flows by itself.
courier-file-missing = Choose the bundle’s file first.
fail-courier = This bundle was not taken
blame-courier = Nothing was applied and nothing is lost.
blame-courier-part = A part is applied: unpack the same file again, and it goes on where it stopped.
courier-blame-carrier = At fault: the way, not the partner.
courier-blame-sender = At fault: the sender’s node, or somebody in its name.
courier-blame-ours = At fault: this node.
courier-blame-nobody = Nobody is at fault.
courier-fault-not-a-bundle = This file is no courier bundle.
courier-fault-version = This bundle is of a version that this node does not know: one of the two must be updated.
courier-fault-cut-short = The file was cut short: ask for the whole file again.
courier-fault-altered = The file was altered: ask for it again.
courier-fault-not-signed = The node that it names did not sign it: do not trust whoever brought it.
courier-fault-former-key = Its sender has replaced the key that signed it: ask for a new bundle. Nothing is lost, the next one carries everything.
courier-fault-for-another = It is for the node { $x }: carry it there.
courier-fault-from-another = It comes from { $x }: unpack it on that partner’s page.
courier-fault-own = It was packed here: carry it to the partner.
courier-fault-stranger = Its sender is no partner of this node.
courier-fault-key-destroyed = It was under way for too long: its key has been destroyed. Ask for a new one.
courier-fault-key-unknown = It is sealed to a key that this node does not have. Send the partner our present card and ask for a new one.
courier-fault-gap = A bundle before it is missing: it begins at { $x }, we hold { $y }. Unpack the earlier one, or send one back.
courier-fault-contradiction = The partner’s histories contradict each other. The evidence was kept: speak with its coordinator.
courier-fault-own-behind = The partner holds more of our register than we do: this node must be recovered first.
courier-fault-over-quota = The partner’s quota of the day is used up: unpack the same bundle tomorrow.
courier-fault-no-key = The card of { $x } has no key to seal to: ask for its present card and pin it.
courier-fault-key-past = The key of { $x } is past its term: ask for its present card and pin it; its fingerprint stays the same.
courier-fault-program = The program that made it is at fault.
courier-fault-ours = This node could not read or make the bundle.

condition-title = Condition set by its originator (H3)
condition-no-text = Its originator gave no text: ask for it.
condition-waits = The content waits for you to confirm that you read its originator’s condition.
condition-confirm = I have read this condition and will keep to it
condition-commits = Whoever confirms commits their service to this:
condition-own-words = In its originator’s words:
condition-read = you confirmed that you read it
condition-until = no use after
condition-ended = The time that its originator set is over: the content is shown no more.
condition-added = conditions tightened later:
condition-bars = Its originator’s conditions forbid without permission:
permission-ask = ask for permission
permission-asked = permission asked for
permission-holds = permission of its originator
permission-over = permission that is over
permission-until = until
permission-proceedings = proceedings:
permission-whom = for:
print-barred = This content is not printed: its originator’s conditions forbid it without permission.
print-waits = This content is not printed before you have confirmed that you read its originator’s condition.
print-under = Under its originator’s conditions:
entry-tighten = tighten the conditions of this entry
proof-permitted = Exported under the permission
file-waits = a file that its originator’s conditions keep in
fail-condition = Its originator’s conditions do not allow it
blame-condition = Nothing went out. The entry says which condition it is, and what opens it: confirming that you read it, or asking for permission.
act-wants = asks to permit:
act-permits = permits:
act-tightens = tightens the conditions of
act-confirms = confirms reading the condition of
act-keeps = keeps the contents until
act-holds = holds erasure
act-holds-until = until
act-lifts = lifts the hold
act-expired = destroyed all that its node held of this dossier from before
given-waits = waits for you to confirm its originator’s condition
## Correction: who received it, what is right
corrected-by = Corrected by
corrected-old = Below is the original text, which was wrong and stays as it was signed.
evaluated-otherwise = Evaluated otherwise
evaluated-both = Each side’s evaluation stays on record: nobody replaces the other’s.
evaluated-paragraph = Paragraph { $n }:
evaluated-whole = The whole report:
evaluated-open = The side that gave the report has not answered yet.
evaluated-agreed = Evaluation agreed:
evaluated-kept = Evaluation kept
corrected-since = corrected since
recipients = Who received it
recipients-why = Over the link or by courier, according to the receipts. A correction goes to all of them, where each holds it, and each must say what it did and whom it had told.
recipients-what = What it holds
recipients-where = In the dossier
recipients-itself = the entry
recipients-release = its release
recipients-elsewhere = a dossier in which you take no part
recipients-corrected = Correction
recipients-asked = sent
entry-rectify = Correct for all
proof-corrected = This entry was corrected: attach to its proof that of the correction,

## Letter to the person
letter = Letter to the person
letter-none = We have told the person nothing yet in this dossier: the letter comes of a decision, a refusal or an extension.
letter-print = A page to print; name and address are written on the paper.
letter-recorded = Opening it is recorded as an export.
letter-from = what it says
letter-untranslated = Your paragraphs are not in the person’s language.
letter-ref = Ref.
letter-to = To:
letter-subject = Subject: exercise of your rights —
letter-salutation = Dear Sir or Madam,
letter-received = We received your request on { $x }.
letter-granted = We have granted it.
letter-in-part = We have granted it in part.
letter-no-data = We hold no data about you.
letter-desisted = We note that you withdraw it.
letter-transferred = It is not for us to answer: we have transferred it to the competent authority.
letter-competent = Authority seized:
letter-refused = We cannot grant it.
letter-ground = Ground:
letter-neither = The law allows us neither to confirm nor to deny that data about you are processed.
letter-extended = We shall answer you by { $x } at the latest.
letter-reason = Reason for the delay:
letter-remedies = Your remedies
letter-remedy-authority = You may lodge a complaint, free of charge, with the supervisory authority for data protection.
letter-remedy-indirect = At your request and free of charge, the supervisory authority for data protection may check in your place and have corrected or erased what must be.
letter-remedy-court = You may bring the matter before the competent court.
letter-remedy-both = If such data were exchanged with another state, the supervisory authority of that state is open to you as well.
letter-sign = For
balance-rights = Rights requests answered on time
barred-no-charter = No charter is in force with this partner: nothing can be opened.
barred-not-in-charter = The charter in force does not name this kind of dossier: nothing of it would leave. Propose a change of its terms.
barred-older = The partner’s program does not know this kind of dossier yet: it would receive nothing of it. Wait for its update.
## Oversight
fail-reason = A reason is needed
blame-reason = The dossier that one works in is the reason for a look; outside it, a reason is asked.
reason-search = This search is for no dossier that you work in. Say once why; the reason holds for this session.
reason-enter = Others work in this dossier, and you do not. Say once why you open it; the reason holds for this dossier and session.
reason-export = What you export from this dossier leaves the node. Say once why; the reason holds for this dossier and session.
reason-text = In a line of text (needed with “other”)
reason-choose = Your reason
reason-recorded = The reason is recorded with the look; inspectors read it.
input-fault-reason-text = Choose a reason; with “other” goes a line of at most 200 characters.
oversight = Oversight
oversight-why = Who looked at what, when and why. No contents. What you look at here is recorded too, and other inspectors see it.
oversight-records = Access records
oversight-officer = Officer or process
oversight-service = Service
oversight-dossier = Dossier, such as MA-12
oversight-operation = Operation
oversight-reason = Reason
oversight-outside = Only outside one’s dossiers
oversight-outside-mark = outside their dossiers
oversight-none = No record fits.
oversight-when = When
oversight-who = Who
oversight-unknown = nobody signed in
oversight-what = What
oversight-about = Dossier concerned
oversight-object = Object
oversight-words = Words sought
oversight-words-why = known by keyed digests alone, which are compared and never read
oversight-recipients = Recipients
oversight-lane = Lane
oversight-newest = Newest
oversight-older = Older
oversight-findings = Worth a look
oversight-findings-why = Patterns in the records, with their why. Nothing follows from one by itself: a person looks and judges.
oversight-findings-none = Nothing in particular.
finding-outside = Dossiers that others work in, read within a week: { $x }.
finding-bulk = Things read within an hour: { $x }.
finding-exports = Things exported within a day: { $x }.
finding-hunting = Searches for one word across dossiers, within a week: { $x }.
finding-hours = Looks outside the hours set: { $x }.
finding-with-reason = Of these with a reason given: { $x }.
finding-records = See these records
oversight-check = Are the records whole?
check-whole = Every record is whole.
check-broken = A chain is broken: records were changed or are missing.
check-journal = Lines of the journal
check-unbroken = unbroken
check-lane-broken = broken
check-witnesses = Witnesses
check-witnesses-why = Every day each partner cosigns a fingerprint of the journal that a random value hides: it learns nothing from it.
check-witnesses-none = No partner was given one yet.
check-witness-line = up to line { $x }
check-witness-since = witnessed by the partner on
check-witness-cosigned = cosigned by the partner
check-witness-waits = not yet cosigned
check-witness-other = that line of the journal says something else today
check-lanes = Lanes
check-lanes-why = Each process writes into a lane of its own, in which each record leads to the next.
check-lanes-more = Further lanes, unbroken or older: { $x }.
check-from = From
check-to = To
check-chain = State
oversight-inspections = Inspectors’ own looks, within a year
oversight-inspections-why = Whoever inspects is seen by their peers.
oversight-looks = Looks
cli-access-record = { $x }: { $y }
cli-access-next = More: --before { $x }
cli-reason-how = Add --reason with one of { $x } and, if needed, --why.
input-fault-extract-large = More access records than one file takes: narrow the filters.
oversight-export = Export, signed
cli-extract-nothing = This file proves nothing: { $x }
cli-extract-signed = Access records of { $x }, signed by the key { $y }
cli-extract-made = Taken out on { $x }
cli-extract-lane = Unbroken lane { $x }; records asked for: { $y }
cli-extract-compare = Compare the fingerprint with that of the node’s card, or name it with --signed-by.
## Second signature: what waits, and what is read before it leaves
fail-signature = A signature is missing
blame-signature = Nothing was recorded or sent. The text is kept on your page.
form-submit = Submit for a second signature
second-needed = Second signature:
second-means = this text leaves once another officer of your node has read it as it is and approved it. You find it in Today.
alone = Life in danger or an urgent clock: send at once
alone-why = Why there is no time, in one line
alone-means = If you fill this line, the text leaves by your signature alone. The line stays at your node; another officer has to sign within 24 hours, and a refusal is recorded for the inspector.
preview-button = Read it as the partner will
preview-button-here = Read it as it will be recorded
preview-heading = As the partner will read it
preview-heading-here = As it will be recorded here
preview-nothing-sent = Nothing is recorded or sent. Close this window to go back to the form.
preview-title = What leaves
preview-title-here = What is recorded here
preview-readers = Who will be able to read it
preview-states = States
preview-services = Services
preview-conditions = Conditions
preview-no-condition = none beyond the classification
preview-own-only = Nobody outside your node: this entry never leaves.
preview-pseudonym = Outside your node, officers and approver appear under a pseudonym.
preview-unnamed = under a pseudonym
today-signatures = Signatures
draft-waits = To read and sign before it leaves
draft-waits-here = To read and sign before it takes effect
draft-mine-waits = Waits for the second signature
draft-returned = Given back by the second officer
draft-unsigned = Left by one signature: the second is due
draft-refused = Left, and the second signature is refused
draft-dossier = Dossier
draft-opens = dossier to be opened
draft-due = Signature due by
draft-overdue = overdue
draft-left-as = Left as
draft-read-left = Read what left
draft-cannot-leave = It cannot be recorded as it is.
draft-stale = Something came into the dossier since it was written: its author has to read that and write it again.
draft-irregular = The dossier no longer admits it, or a field no longer holds: its author has to write it again.
draft-ground = Ground:
draft-ground-alone = Left without waiting, because:
draft-decide = Decide
draft-approve = Approve: it leaves
draft-approve-here = Approve: it takes effect here
draft-approve-means = Exactly what is shown above leaves, in its author’s name; you are its approver. The draft is destroyed then.
draft-approve-means-here = Exactly what is shown above is recorded at this node, in its author’s name; you are its approver. Nothing leaves. The draft is destroyed then.
draft-return = Give back to its author
draft-say-why = Ground, in one line
draft-rewrite = Write it again
draft-rewrite-means = The form takes over your text; files have to be chosen again. This draft is destroyed when the new one is submitted.
draft-take-back = Take back and destroy
draft-with-author = Its author has to write it again or take it back.
draft-sign = Sign afterwards
draft-refuse = Refuse to sign
draft-other-signs = Another officer of your node has to sign.
draft-refused-means = The refusal is recorded for the inspector. What left is withdrawn, corrected or erased:
draft-withdraw-there = Withdraw, in the dossier
draft-correct = Correct by a note
draft-settle = That has been done: close
terms-four-eyes = words and files leave by two signatures
signing-fault-author-gone = Its author does not write here any more.
signing-fault-lost = Its text was in no backup: it has to be written again.
signing-fault-needs-second = A second officer has to sign this.
signing-fault-own = What you wrote, another officer has to sign.
signing-fault-nobody = No other officer of this node may sign this.
signing-fault-no-ground = { $n ->
    [one] Say why in one line, in { $n } character at most.
   *[other] Say why in one line, in { $n } characters at most.
    }
assurances-required = Required of whoever receives:

# node.keys: the form in which it is kept
cli-keys-clear = `node.keys` is kept in clear: whoever can read it has the node’s keys.
cli-keys-passphrase = `node.keys` is kept under a passphrase (Argon2id, { $x } MiB, { $y } passes).
cli-keys-token = `node.keys` is kept under a key of the token { $x }: { $y }.
cli-keys-module = Module of the token: { $x }
cli-keys-wrapped-next = Processes that run go on and need nothing; the next start takes the new form. Copies of before still open as before: back up now with `entente backup`, and destroy them within 30 days.
cli-keys-ask-passphrase = Passphrase of `node.keys`:
cli-keys-ask-new-passphrase = New passphrase of `node.keys`:
cli-keys-ask-pin = PIN of the token:
cli-keys-open = { $x } can be read by others: make it readable by its owner only (chmod 600)
cli-keys-no-secret = `node.keys` needs a passphrase or a PIN and nothing gives one: start from a terminal, or give the credential entente.keys (LoadCredential= of systemd) or a descriptor named by ENTENTE_KEYS_FD
cli-keys-no-new-secret = the new passphrase or PIN is needed and nothing gives it: type it on a terminal, or give the credential entente.keys.new (LoadCredential= of systemd) or a descriptor by --new-fd
cli-keys-secret-unreadable = { $x } gives no passphrase or PIN: one line of at most 4,096 bytes is expected there
cli-keys-secrets-differ = the two are not the same: nothing was changed
cli-keys-passphrase-weak = this passphrase is too short or among those that are guessed first: take { $x } characters or more, such as six words drawn by lot
cli-keys-wrong-passphrase = this is not the passphrase of `node.keys`
cli-keys-damaged = `node.keys` is no key file, or only a part of one: put the newest copy of it in its place (folder keys/ of a backup)
cli-keys-newer = `node.keys` was written by a newer version of this program: run that version
cli-keys-altered = the passphrase fits, and `node.keys` was altered since it was written: put the newest copy of it in its place, and find out who changed it
cli-keys-greedy = `node.keys` asks for more memory or time than any key file of this program: it was altered; put the newest copy of it in its place
cli-keys-memory = there is not enough memory to open `node.keys`: it needs 256 MiB for a second
cli-keys-bug = internal error: the keys could not be sealed
cli-keys-module-absent = { $x }: no PKCS#11 module can be loaded from there: install the token’s library, or name its place by `keys.module`
cli-keys-module-open = { $x }: a module must be named by its whole path and must not be writable by others
cli-keys-token-absent = the token { $x } is not there: plug it in and start again; nothing was tried
cli-keys-token-several = several tokens { $x } are there: leave only the right one
cli-keys-object-absent = the token has no AES or RSA key of this name
cli-keys-object-several = the token has several keys of this name: name one with --object-id
cli-keys-object-taken = the token has a key of this name already: leave --make out to use it, or take another name
cli-keys-object-leaves = this key can be taken out of the token and would protect nothing: it must be sensitive and not extractable
cli-keys-object-other = the token’s key does not open `node.keys`: it is another key of the same name, or `node.keys` was altered
cli-keys-pin-wrong = the token refused the PIN. It was tried once and is not tried again: tokens lock after some wrong PINs
cli-keys-pin-doubtful = the token says that the last PIN was wrong: this one is not tried unless a person types it. Start once from a terminal
cli-keys-pin-locked = the token is locked after too many wrong PINs: unlock it with the security officer’s PIN
cli-keys-token-failed = the token failed ({ $x }): nothing was changed
cli-keys-differs = the new file does not open to the same secrets: the one of before stays
input-fault-storage-key-under-way = Not everything is under the new storage key yet, or processes that run had less than ten minutes to learn it: wait, then end the change again.
input-fault-storage-key-gone = The storage key of this node was changed on another machine, and `node.keys` here has only the one of before: bring a copy of that machine’s `node.keys` here, wrapped, and start again.
cli-keys-change-none = The storage key was never changed.
cli-keys-change-on = The storage key is being changed since { $x }; keys wrapped anew: { $y }.
cli-keys-change-complete = Everything is under the new storage key; the one of before still opens on machines that have it. Once every machine has the new one, and ten minutes after the beginning: `entente key rotate --storage --end`.
cli-keys-change-ended = The storage key was changed; the one of before was given up on { $x }.
cli-keys-change-next = Back up now: backups of before open with the `node.keys` that is in them, for the 30 days that they live.
cli-backup-again = the storage key was changed while the backup was made, so its parts do not fit: { $x } is not complete; destroy it and make another
cli-keys-changed-form = `node.keys` has another form than when this process started, so the new storage key could not be written into it: start this process again
admission-title = Access by number
admission-ask = Ask for access to a dossier
admission-offer = If you know the number of a dossier that your work needs, ask for access to it. The answer here is the same whatever the number: if there is such a dossier and access is given, you find it among your dossiers.
admission-number = Number, such as MA-12
admission-service = Service that would take part
admission-own = My requests for access
admission-own-why = A request ends by itself after thirty days. Nothing else is said of it, whatever the number: if access is given, the dossier is among yours.
admission-none = You asked for nothing within thirty days.
admission-until = ends on
admission-to-decide = Requests for access
admission-to-decide-why = For dossiers that you answer for. Whoever asks is told neither that the dossier exists nor that you refused.
admission-grant = Bring the service in
admission-refuse = Refuse access
admission-means = { $x } will take part in the dossier, and the other side will see it too.
admission-barred-policy = The policies of this node do not let this officer see such dossiers: access can only be refused.
admission-barred-convenor = Only { $x } brings services into this dossier: propose it there by a note. Here it can only be refused.
admission-figures = Requests for access within thirty days: { $x }, of which { $y } for a number that no dossier here has.
finding-asking = Requests for access by number, within a week: { $x }.
input-fault-admission-number = Write the dossier’s number with its node, such as MA-12.
agenda-across = On the agenda, from other groups of purposes
agenda-more = More obligations are overdue than were looked through for this: those due first are here.
agenda-across-why = The lines only: those who take part in these dossiers know the rest. For rescue and support, numbers rounded down to whole tens.
agenda-count = { $x }: at least { $y }
brought = Used here for another purpose
brought-why = Entries of other dossiers that a decision lets this one use. They are read here while the decision stands and their originator’s conditions allow it.
brought-decided = decided on
cli-admission-asked = Asked. The answer is the same whatever the number.
cli-admission-decided = Done.
input-fault-admission-most = { $n ->
    [one] No more than one request for access within a day.
   *[other] No more than { $n } requests for access within a day.
}
statistics = Statistics
statistics-csv = As a file (CSV)
statistics-none = No month was published yet: the first is when a month has ended.
statistics-window = What was asked within the twelve months that end with this one, as it stood when this was published:
statistics-how = How to read these figures
statistics-few-means = the figure is about fewer than { $x } persons, or about none: so nobody is recognised in it.
statistics-withheld-means = a total from which such a figure could be had by subtraction.
statistics-still = A figure about persons changes by { $x } at least; until then it stays that of an earlier month.
statistics-never = There are no filters, and what was published never changes.
statistics-persons = Persons who wrote to us; those who wrote to a partner are in its statistics. A request counts as a person.
statistics-exact = Exact figures: obligations between services. Those of dossiers about a person’s rights are not counted here.
statistics-total = Total
statistics-few = fewer than { $x }
statistics-withheld = withheld
statistics-months = Other months
cli-recipients-none = Nobody received it from us.
oversight-own-looks = { $n ->
    [one] One look of yours
   *[other] { $n } looks of yours
}
finding-probing = Different attempts refused within an hour: { $x }.
oversight-taken = { $n ->
    [one] one entry, digest
   *[other] { $n } entries, digest
}
oversight-times = { $n ->
    [one] once more within a minute
   *[other] { $n } times more within a minute
}
input-fault-inspector-key = This is no public key of an inspector.
oversight-seal = Export for one inspector alone
oversight-seal-to = The inspector’s public key
oversight-seal-means = As “entente oversight key” writes it on the inspector’s machine: only the secret half, which stays there, opens the file.
oversight-seal-do = Export, sealed
cli-inspector-key = key { $x }; give { $y } to the node, and keep the other file
cli-sealed-nothing = This does not open: { $x }
cli-extract-sealed = These access records are sealed: open them first with `entente oversight open`.
bridge-second = A passage from one purpose to another stays at this node; it takes effect once a magistrate or a coordinator other than you has approved it.
weigh-title = Sign with your passkey
weigh-means = This act binds, opens or destroys: your own passkey signs it. It signs exactly what stands here; nothing is recorded before.
weigh-over = What is signed: the identifier of this entry
weigh-press = Sign with my passkey
weigh-failed = No passkey answered, or this browser has none. Nothing is recorded.
weigh-moved = Something came into the dossier meanwhile: the act was put together again from what you typed. Nothing is recorded yet. Read it again and sign.
weigh-wrong = This passkey does not fit, or its answer came too late. Nothing is recorded: sign again.
weigh-back = Back to the dossier, recording nothing
signed-heading = The officer’s own signature
signed-valid = A passkey signed this entry; the signature is verified.
signed-kept = Signed by a passkey according to its node, which keeps the signature and committed to it. It can be disclosed.
signed-false = What was sent as the officer’s signature is none.
signed-follows = Not signed by itself: it follows from an act that a passkey signed, and leaves nothing to choose.
signed-cause = that act
signed-not = Not signed by a passkey.
signed-by = Signed by
signed-wrote = who wrote the entry
signed-approved = who approved the entry
signed-passkey = Passkey
signed-host = Registered under
signed-told = The partner has the whole signature.
signed-untold = The partner does not have the whole signature: one public key in two dossiers would say that two pseudonyms are one officer.
signed-tell = Disclose the signature to the partner
signing-fault-needs-passkey = Your own passkey has to sign this: do it on a page of this node, in a browser.
signing-fault-no-passkey = This node’s policies ask for a passkey’s signature here: add a passkey on your account’s page.
weigh-waits = { $n ->
    [one] { $n } release of the same decision waits for a second officer, whose passkey signs it: it has not left.
   *[other] { $n } releases of the same decision wait for a second officer, whose passkey signs them: they have not left.
    }
weigh-more = { $n ->
    [one] { $n } more is to be signed after this one.
   *[other] { $n } more are to be signed after this one.
    }
cli-officer-signed = { "  " }signed by the passkey of officer { $x } (passkey { $y })
cli-officer-none = { "  " }no officer’s signature by a passkey
cli-officer-doubtful = { "  " }the node’s key that attests whose passkey this is was declared compromised: that attestation proves nothing
proof-officer = the officer’s signature does not verify
proof-officer-other = the officer’s signature is not of who wrote or approved this entry
signed-of = Entry signed

# Things of an investigation
things-title = Things of the investigation
things-why = Each record stays as its side brought it. Nothing is ranked, and the search is within this dossier alone.
things-search = Search these things
things-not-printed = Conditions bar some of these things from printing: this page is not printed.
things-add = Add a thing
things-withheld = { $n ->
    [one] { $n } more entry cannot be read here: a condition waits, or it was erased
   *[other] { $n } more entries cannot be read here: a condition waits, or they were erased
    }
things-choose-link = Choose what to link to
things-choose-same = Choose the record to compare with
thing-joined = joined with
thing-joined-more = { $n ->
    [one] and one more record
   *[other] and { $n } more records
    }
thing-from = since { $x }
thing-to = until { $x }
thing-from-to = from { $x } to { $y }
thing-fact = fact
thing-assessment = assessment
thing-rests-on = the contribution that it comes from
thing-records = Records of the same thing
thing-records-why = People decided that these records are of the same thing. They stay side by side, as each side brought them.
thing-links = Links
thing-link-to = Link to another thing
thing-same-as = Say whether it is the same as another
thing-decisions = Decisions
thing-decisions-why = A decision can be undone; all of it stays in the dossier. While somebody says that two records are not the same, they are not joined.
thing-undone = undone
erase-speaks-of = What speaks of it
erase-speaks-of-why = These entries of your side name what you erase. What is ticked is erased by the same act, wherever it is held.
erase-apart = to be erased by itself: other states hold it
erase-here = never left our node
erase-theirs = { $n ->
    [one] { $n } entry of the other side names it too: it is theirs to erase.
   *[other] { $n } entries of the other side name it too: they are theirs to erase.
  }
chart-title = Link chart
chart-why = Figures hold for what is on this chart now, and for nobody as such. Nothing is ranked, kept, sent or decided by them.
chart-not-printed = This page is not printed: print one of its plates, which says its handling and its sources.
chart-origin = Brought by
chart-what = Sort of thing
chart-relation = Sort of link
chart-least = Evaluated at least
chart-from = Held from
chart-until = until
chart-thing = Thing
chart-around = What is around it
chart-steps = { $n ->
    [one] up to one link away
   *[other] up to { $n } links away
}
chart-to = Shortest paths to
chart-marks = Size of marks
chart-marks-same = all alike
chart-marks-links = by links
chart-marks-between = by betweenness
chart-groups = groups
chart-cut = cut points
chart-alone = also without links
chart-from2 = from
chart-until2 = until
chart-filters-more = More filters
chart-more-around = Around one thing
chart-more-links = Links
chart-more-look = Appearance
chart-more-second = Compare with another period
chart-all = everything
chart-zoom-in = Larger
chart-zoom-out = Smaller
chart-zoom-all = All of it
chart-keys = Arrows move the chart, + and - change its size, 0 shows all of it; Tab goes from thing to thing.
chart-large = { $x } things are too many to be read on one chart: filter, or choose one and what is around it.
chart-parts = { $x } parts of { $y } things each
chart-empty = No link passes what you chose.
chart-none = No link has been brought yet: things are linked from their pages.
chart-path = { $n ->
    [0] It is the same thing.
    [one] They are linked directly.
   *[other] The shortest paths between them have { $n } links; all of them are shown.
}
chart-no-path = No path of links leads from one to the other here.
chart-not-here = The thing that you chose is not in this view.
chart-legend = Signs:
chart-sign-ours = filled: ours
chart-sign-theirs = double outline: a partner’s
chart-sign-sure = solid line: B2 or better
chart-sign-unsure = broken line: less sure
chart-sign-unassessed = dotted line: not assessed
chart-sign-cut = dashed ring: cut point
chart-summary = { $x } things and { $y } links. The table below the chart says the same as text.
chart-linked = { $n ->
    [one] linked with one thing
   *[other] linked with { $n } things
}
chart-cut-point = cut point
chart-group = group { $x }
chart-other = other
chart-chosen = In this view:
chart-chosen-why = These figures describe a place in this view of what was recorded. They say nothing of what somebody did, and prove nothing. Links that nobody recorded would change them.
chart-f-links = Links
chart-f-links-is = things linked with it, each counted once
chart-f-reach = Share of all others
chart-f-reach-is = the same by the number of others (degree centrality, Freeman 1978)
chart-f-between = Betweenness
chart-f-between-is = share of shortest paths between others that lead over it (Freeman 1978)
chart-f-closeness = Closeness
chart-f-closeness-is = how near it is to those that it reaches (Wasserman and Faust 1994)
chart-f-constraint = Constraint
chart-f-constraint-is = how far its contacts lead back to each other; low where it bridges gaps (Burt 1992)
chart-f-closure = Closure
chart-f-closure-is = share of the pairs of its contacts that are linked (Watts and Strogatz 1998)
chart-position-both = Links and betweenness are above the means of this view.
chart-position-broker = Few links, and betweenness above the mean of this view: a go-between’s place.
chart-position-links = Many links, and betweenness below the mean of this view.
chart-position-neither = Links and betweenness are not above the means of this view.
chart-is-cut = Without it, its part of this view would fall apart.
chart-estimated = Betweenness is estimated from { $x } things, since the view is large.
chart-missing = If { $x } of the linked pairs were missing, by chance, in { $y } trials:
chart-range = between { $x } and { $y }
chart-same-mark = the size of its mark by betweenness stayed the same in { $x } of { $y }
chart-decimal = .
chart-whole = The view
chart-v-things = Things
chart-v-pairs = Linked pairs
chart-v-components = Parts
chart-v-density = Density
chart-v-closure = Mean closure
chart-v-transitivity = Transitivity
chart-v-centralisation = Centralisation
chart-modularity = modularity { $x }
chart-timeline = Timeline
chart-week = by weeks
chart-month = by months
chart-quarter = by quarters
chart-year = by years
chart-no-dates = No link here is dated.
chart-slice = When
chart-links = Links
chart-unsure = { $n ->
    [one] One of them perhaps: a month or a year is all that its dates say.
   *[other] { $n } of them perhaps: a month or a year is all that their dates say.
}
chart-partial = A date of which only the year or the month is known counts as any of its days: what may lie in a slice only because of such a date is counted apart.
chart-slices = { $n ->
    [one] One slice
   *[other] { $n } slices
}
chart-compare = compare
chart-undated = { $n ->
    [one] One link has no date and is in no slice.
   *[other] { $n } links have no date and are in no slice.
}
chart-changed = From this time to the other
chart-stay = In both
chart-come = Only in the other
chart-go = Only in this
chart-pairs-changed = Pairs whose number of links differs
chart-now = Links in this
chart-then = Links in the other
chart-table = Links as text
chart-end = Thing
chart-how = How
chart-when = When
chart-brought = Brought by
chart-evaluation = Evaluation
chart-source = Source
chart-entry = entry
chart-more = The first { $x } are shown; the file has all.
chart-out = Print and take out
chart-out-why = What its originator’s conditions bar stays out: printing (H2), files (H1, H2). Both are recorded as an export. Figures are not in them.
chart-plate-a4 = Plate A4
chart-plate-a3 = Plate A3
chart-graphml = GraphML
chart-csv-things = Things (CSV)
chart-csv-links = Links (CSV)
chart-case = Whole dossier (CASE/UCO)
chart-case-why = The whole dossier in CASE/UCO leaves out what may not be taken out. The file itself says how many records that is, and how many files are without a hash; entente evidence dossier says it too.
cli-chart-forms = the name of the file must end with one of: { $x }
cli-chart-kind = Dossier { $x } is no investigation: only an investigation has things, links and a chart.
chart-drawn = as of { $x }
chart-sources = Sources of the links
chart-plate-remark = A chart shows what was recorded and nothing else. A place on it says nothing of what somebody did.
chart-left-out = { $n ->
    [one] One record or link is not on this plate.
   *[other] { $n } records or links are not on this plate.
}
chart-too-large = There is too much for a plate: filter, or choose one thing and what is around it.
chart-adopt = Adopt as my assessment
chart-adopt-why = A contribution is prepared, with method and limits: you complete, evaluate and sign it.
chart-adopt-title = Place in a link chart
chart-adopt-own = My assessment:
chart-adopt-of = Thing of entry { $x }, as of { $y }.
chart-adopt-view = View: { $x }.

# The agreement and the evaluation of an investigation
agreement-title = Agreement of the investigation
agreement-versions = Versions
agreement-none = No agreement has been proposed yet.
agreement-amend = Propose another version, or extend
agreement-version = Version { $n }
agreement-proposed = waits for a signature
agreement-in-force = in force
agreement-replaced = replaced
agreement-not-agreed = not agreed
agreement-signed-by = signed by
agreement-awaits = awaits
agreement-signatures = Signatures
agreement-changes = What changes from version { $n }
agreement-no-change = Nothing changes.
agreement-period = Period
agreement-not-readable = The text of this version cannot be read here: a condition waits, or it was erased.
agreement-one-language = This clause is written in the other language only.
agreement-means = By sending this you commit your state to this version of the agreement. It comes into force only once everybody has signed; the one before holds until then. A signature cannot be taken back.
evaluation-title = Evaluation
evaluation-figures = Figures of the dossier
evaluation-figures-why = Counted from the entries and obligations of this dossier that both nodes hold; both sides read the same. What stays at home is not counted.
evaluation-words = What each side says
evaluation-counted = Counted
evaluation-contributions = contributions
evaluation-things = things brought
evaluation-links = links brought
evaluation-asked = obligations owed
evaluation-ended = of these ended
evaluation-open = of these open
evaluation-overdue = of these overdue
evaluation-on-time = ended on time
evaluation-late = ended late
evaluation-feedback-asked = feedback owed
evaluation-feedback-given = feedback given
cli-evidence-unread = { $x } is not read: { $y }
cli-evidence-large = it is larger than { $x } MiB
cli-evidence-deep = it is nested too deeply at byte { $x }
cli-evidence-many = it has too many values, terms or identifiers, or one that is too long
cli-evidence-no-json = it is not JSON at byte { $x }; whoever made the file has to mend it
cli-evidence-no-jsonld = it is JSON and not JSON-LD; whoever made the file has to mend it
cli-evidence-refused = it uses a feature of JSON-LD that is not read here: { $x }. Ask for it in another form
cli-evidence-remote = a context by its address, and nothing is fetched while evidence is read
cli-evidence-scoped = a context inside a node or a term
cli-evidence-context = a keyword in its context, or a version other than 1.1
cli-evidence-container = a container other than @list and @set
cli-evidence-keyword = @reverse, @nest, @included, @index, @direction or a keyword not known
cli-evidence-named = a graph with a name
cli-evidence-relative = a relative name that is more than a last part
cli-evidence-alike = its nodes without a name are too many and too alike to compare
cli-evidence-folder = { $x } holds too many files, or folders nested too deeply
cli-evidence-nodes = Nodes listed: { $x }; nodes of which something is said: { $y }
cli-evidence-untyped = without a type
cli-evidence-none = No package of evidence that you may open is attached in this dossier.
cli-evidence-no-files = names no file
cli-evidence-taken-out = { $x } was written.
cli-evidence-left-out = Records and packages that may not be taken out, and are not in it: { $x }
cli-evidence-unhashed = Files in it without a hash, since they are too large or not here: { $x }
cli-evidence-files = Files: { $x }
cli-evidence-size = { $x } bytes
cli-evidence-no-size = size not said
cli-evidence-here = ✓ the hashes are those of { $x }
cli-evidence-weak = ✓ the hash is that of { $x }, by a method for which another file can be made to have the same
cli-evidence-other-size = (its size is { $x }, not what the package says)
cli-evidence-differs = ✗ { $x } has another hash
cli-evidence-absent = ✗ no file in the folder has this hash
cli-evidence-unchecked = – not checked: no hash is named that can be computed here
cli-evidence-other = In the folder and not in the package: { $x }
cli-evidence-records = Provenance records, in order of time: { $x }
cli-evidence-actions = What was done, in order of time: { $x }
cli-evidence-by = by { $x }
cli-evidence-with = with { $x }
cli-evidence-on = on { $x }
cli-evidence-result = result: { $x }
cli-evidence-at = at { $x }
cli-evidence-for = what for: { $x }
cli-evidence-more = and { $x } more
cli-evidence-no-time = no time
cli-evidence-proposed = Things that could be proposed for a dossier: { $x }; links: { $y }. Nothing is taken by itself.
cli-evidence-left = Messages, calls, files, and things without a name, which stay in the package: { $x }.
cli-evidence-known = Nothing in it is unknown here.
cli-evidence-unknown = Unknown here, and kept as it is:
cli-evidence-no-vocabulary = of no vocabulary
cli-evidence-unmapped = { $x } ({ $y }): the package gives this name no meaning
cli-evidence-same = Both say the same of { $x } nodes.
cli-evidence-differ = They do not say the same.
cli-evidence-only-first = Nodes in the first only: { $x }
cli-evidence-only-second = Nodes in the second only: { $x }
cli-evidence-changed = Nodes of which they say different things: { $x }
cli-evidence-unnamed = Nodes without a name differ.
cli-evidence-taken = its names leave no room for what would be added, or it has been added
cli-evidence-not-given = this proof is not of an entry that has this package among its files, byte for byte; or the proof was exported without the entry’s contents

# Exhibits and their custody
exhibits-title = Exhibits
exhibits-why = Each exhibit with its custody: who had it, when, for what, under which seal. What the record does not say is pointed out, never assumed.
exhibits-withheld = { $n ->
    [one] One entry on exhibits cannot be read here: a chain may lack it.
   *[other] { $n } entries on exhibits cannot be read here: a chain may lack them.
    }
exhibit-derived = derived
exhibit-last-with = last with
exhibit-gaps = { $n ->
    [one] one gap in the chain
   *[other] { $n } gaps in the chain
    }
exhibit-owed = owed
exhibit-overdue = overdue
exhibit-record = The exhibit on record
exhibit-sort = Sort
exhibit-hash = Hash at the source
exhibit-derived-from = Derived from
exhibit-derived-into = Derived from it
exhibit-elsewhere = an exhibit that cannot be read here
exhibit-chain = Chain of custody
exhibit-no-gaps = Between the steps on record, hands and seals follow one another. The record proves when each step was written, not that none was left out.
gap-nothing = Nothing is recorded between
gap-holder = Last recorded holder: { $x }; next: { $y }.
gap-seal = Seal left: { $x }; found: { $y }.
gap-number = The seal bore the number { $x }, then { $y }.
moment-no-time = no date given
moment-seized = seized or made
moment-from = From:
moment-to = To:
moment-seal = Seal:
moment-found = found: { $x }
moment-left = left: { $x }
moment-receipt = receipt of the register
moment-due = by
moment-answer = answer
hash-equal = equal to the original hash
hash-weak = equal, but by a method that no longer proves it alone
hash-different = different from the original hash
hash-other = another method than the original hash: cannot be compared

# A file looked at in place
in-place-title = File
in-place-entry = See the entry
in-place-download = Download
in-place-look = View { $x }
in-place-picture = Picture { $x }
in-place-large = A picture above { $x } is not shown here: download it.
in-place-cut = Only the beginning of the text: download the whole file.
in-place-other = This file is neither text nor a picture that can be shown here without running anything: download it.
in-place-page = Page
in-place-go = Go
in-place-keys = the arrow keys turn the pages
in-place-pages-most = The first { $x } pages can be viewed here: the whole document can be downloaded.
in-place-letters = Text of this page
in-place-letters-why = Put together by the program from where letters stand on the page. The picture is what counts.
in-place-no-letters = No text can be read from this page, for instance because it was scanned: there is its picture alone.
in-place-locked = This document opens with a password only: download it.
in-place-broken = This document or its page is damaged and cannot be shown here: download it.
in-place-no-page = This document has no such page.
in-place-spent = This document asks for more time or memory than is given to showing it here: download it.
in-place-pdf-large = A document above { $x } is not shown here: download it.

# A package of evidence
package-file-same = ✓ Attached here, with the same hash: { $x }
package-file-weak = ✓ Attached here, with the same hash: { $x }. By this method another file can be made to have the same: ask for a SHA-256.
package-file-differs = ✗ { $x } is attached here and is another file: its hash is not the one that the package names. Rely on neither, and ask whoever gave the package for the file again.
package-file-not-read = – { $x } is here and too large to be read while a page waits. On the command line, entente evidence list compares it.
package-no-more = the packages before it are as much as one look reads. On the command line, entente evidence list reads them all
package-file-absent = – Not attached here. Ask whoever gave the package for it, and attach it to an entry of this dossier.
package-file-unchecked = – Not compared: the package names no hash that can be computed here.
package-title = Package of evidence
package-why = What the package (CASE/UCO) says, as it came. Nothing is taken from it by itself; the attached file stays unchanged.
package-look = Read the package of evidence
package-proposed = What could be taken
package-proposed-why = Each opens the ordinary form, with the name alone: you say the rest, and nothing is recorded before. No two are ever taken for one.
package-nothing = Nothing in it is of the sorts that become a thing of the dossier.
package-links-why = Each link leads to its form once both its ends were taken; you say how they are linked.
package-taken = Taken over:
package-linked = Linked already
package-ends = Take over both ends first; where two records have one name, link them from the list of things.
package-no-ends = One of the two is not of the sorts that become a thing of the dossier: this link stays in the package.
package-nodes = Nodes by type
## Action plan and action days
plan-title = Action plan
plan-days = Joint action days
plan-no-day = No action day has been proposed.
plan-open = Tasks under way
plan-no-task = No task is under way.
plan-ended = Tasks ended
plan-not-readable = Text that cannot be read here: a condition waits, or it was erased.
plan-from = there from
plan-until = until
plan-about = thing that it is about
plan-result = Result
plan-give-result = give the result
day-proposed = waits for a decision
day-go = go from both sides
day-no-go = does not take place
day-called-off = called off
day-replaced = replaced
day-proposed-by = proposed by
day-to-plan = ← action plan
day-decisions = Decision of each side
day-line = Course of the day
day-to-zero = in { $x }
day-since-zero = T0 was { $x } ago
day-called-off-by = Everything is called off.
day-replaced-by = Another day that both sides decided replaces this one.
day-unheard = No connection with { $x } at this moment.
day-unheard-since = Nothing has come from there since
day-known-here = What follows is what is known here.
day-change = propose a change
day-when = Time
day-who = Who
day-where = Where
day-what = What
day-now = now
day-late = behind its time
day-results = Results
day-without-result = Steps that are over and have given no result yet: { $x }
day-said-before = said before the plan was changed
day-dropped = Steps dropped from the plan
day-dropped-why = They were in the day that this one replaces and are in it no more; this is how they stood.
day-go-means = By this go your side commits its teams to act by this plan. The day takes place only if each side says go. It cannot be taken back; the day can be called off at any time.
day-go-sure = Yes, go.
day-go-not-sure = Tick the box to say go.
near-here = Something else is planned close by at the same time: see below.
near-step = Step { $n }:
near-known = at the same place and time as what is planned by
near-unknown = Another service plans something near there and then: contact the coordinator.
near-abroad = Another state plans something near there and then: contact the coordinator.
form-step = row { $x }, { $y }
# Before the courts
court-title = Before the courts
court-why = What you may read of this investigation, sorted by what may be produced in court. What a condition of its originator forbids is produced by nobody here; permission is asked for, and the ask is an obligation in both ledgers.
court-parts = { $x } entries in all, in the order of the dossier. What is ticked counts for this page alone.
court-may = May be produced
court-asks = Needs permission
court-barred = May not be produced
court-corrected = with its correction
court-by = Produced by permission:
court-condition = Its originator’s condition:
court-waits = Permission asked for, not answered yet.
court-refused = Permission refused.
court-do = For the entries that are ticked
court-court = Court or authority, by its function
court-reference = Reference of the proceedings
court-do-produce = Produce in court
court-do-ask = Ask their originators for permission
court-do-outcome = Report a court’s decision
court-magistrates = Producing in court is for a magistrate of this node.
court-produced = What was produced
court-produced-none = Nothing was produced yet.
court-bundle = Court bundle (zip)
court-venues = Venue
court-venues-none = Nothing was proposed.
court-venue-proposed = proposed, awaits a decision
court-venue-agreed = agreed
court-venue-not-agreed = not agreed
court-tried-by = tried in the state of
court-grounds = Grounds:
court-proceedings = Proceedings reported
court-proceedings-none = No proceedings were reported.
court-since = since
court-parallel = Proceedings are under way in more than one state.
court-parallel-why = Nobody is tried twice for the same facts: agree on the venue.
court-outcomes = Courts’ decisions
court-outcomes-none = No decision was reported.
court-about = About:
court-told = What became of it in court
input-fault-not-producible = One of the entries may not be produced in court, or no more: look at the list.
input-fault-court-file = The file cannot be written there.
bundle-title = Entries produced in court
bundle-by = Produced by
bundle-at = Produced at (UTC)
bundle-dossier = Dossier
bundle-index = Index
bundle-number = No.
bundle-what = Entry
bundle-author = Author and date (UTC)
bundle-digests = Parts and SHA-256 digests
bundle-correction = correction of entry
bundle-translation = translation of the entry whose original alone is authentic:
bundle-custody-of = custody of entry
bundle-production = record of production
bundle-custody = Chain of custody
bundle-compromised = Keys declared compromised
bundle-conditions = Its originator’s conditions:
bundle-files = Files
bundle-verify = Verification
bundle-verify-how = All of this bundle is verified offline, without access to the services’ nodes, by the command below; README.en.txt, README.fr.txt and README.ar.txt say how.
bundle-read-what = This bundle holds entries exchanged between the services of two states and produced in court. index.html presents them; index.json says the same for programs. Each entry has its folder: content.json is what it says, proof.txt its proof, files/ its files.
bundle-read-open = Open index.html in a browser. Nothing on it runs or is fetched from elsewhere.
bundle-read-verify = To verify, on a machine that is offline and has the program entente: entente court verify FILE. The command refuses any part that was altered, is missing, was added or renamed, and any entry whose proof does not hold.
bundle-read-trust = Verifying shows which keys signed. Compare the fingerprints shown with those that the services gave you over another channel, or give them: --node FINGERPRINT, once for each state.
bundle-read-by-hand = Without the program, the SHA-256 digest of each part is compared with the one in the index; each proof.txt is also verified alone by entente verify.
court-entries = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}
cli-court-produced = Produced: { $x }
cli-court-written = Bundle written: { $x } ({ $y })
cli-court-waits = Producing awaits a second signature (draft { $x }): once it is signed, write the bundle with --produced.
cli-court-signs = This act is signed with a passkey, in a browser.
cli-court-valid = Bundle intact, produced by { $x }, fingerprint { $y }
cli-court-to = For: { $x }, at { $y }
court-fault-too-large = the file or a part of it is larger than allowed
court-fault-no-end = this is no court bundle, or it was cut off, or something follows it
court-fault-directory = the directory of the archive is damaged or too large
court-fault-packed = a part is compressed or encrypted, which no part of a bundle is
court-fault-name = a part has a name that leads elsewhere, or that no part has
court-fault-twice = two parts have one name
court-fault-hidden = the archive holds bytes that belong to no part
court-fault-io = the file cannot be read
court-fault-no-index = there is no index, or no signature under it
court-fault-index = the index cannot be read
court-fault-version = it is of a version that is not known here: a newer program is needed
court-fault-signature = the signature under the index does not hold
court-fault-index-altered = the index was altered after it was signed
court-fault-signer = the index is signed by another key than that of the node that produces, or by a compromised one
court-fault-missing = a part is missing: { $x }
court-fault-added = a part was added: { $x }
court-fault-renamed = a part was renamed: { $x }
court-fault-altered = a part was altered: { $x }
court-fault-no-proof = entry { $x } has no proof
court-fault-proof = the proof of entry { $x } does not hold:
court-fault-other-entry = the index says something else of entry { $x } than its proof
court-fault-content = the content of entry { $x } is not the one that was signed
court-fault-file = a file is not the one that was signed (entry, file): { $x }
court-due = answer owed by
# Duties to inform
duty-waiting = Waits for a magistrate
duty-waiting-why = Nothing is transmitted, deferred or carried on by itself: each line waits for a decision, or for a decision to be carried out.
duty-since = since
duty-owed = a magistrate’s decision is owed at once
duty-ordered = transmission decided, to be sent
duty-sent = transmitted to the other Party’s authority
duty-deferred = deferred until { $x }
duty-review-due = deferred: to be reviewed now
duty-refused = not transmitted, by a reasoned decision
duty-time-over = time for observations is over: carrying on may be decided
duty-not-in-charter = The charter with this Party does not have the duties to inform: nothing can be transmitted under them.
duty-to-sent = See the dossier between the two authorities
duty-magistrate-only = Only a magistrate decides on this.
duty-home = This dossier stays at our node: the other Party does not know that it exists.
duty-terms-time = observations awaited within { $x }
duty-terms-grounds = grounds to defer:
review-title = Judicial review
review-about = All that concerns this duty, in the order of time: who decided, in which function, when, on which ground, and what was in the dossier at that moment. A correction is added and erases nothing.
review-take = Take it out as one file, with the proofs
review-matter = Matter
review-stands = State
review-drawn = Drawn from
review-charter = Charter in force
review-at = Drawn up on
review-decisions = Decisions
review-left-out = This dossier is longer than what a review takes up. Later entries that are not here: { $x }
review-none = No decision was taken.
review-clocks = Clocks, as both nodes compute them
review-chronology = Papers, in the order of time
review-place = No.
review-when = When
review-what = Decision
review-by = By
review-ground = Ground or what follows
review-on-file = In the dossier at that moment: nos.
review-first = The first paper of its dossier.
review-print = Fingerprint:
review-proofs = Proofs
review-proofs-how = Each proof is saved as a file and verified offline, without any node:
review-proofs-home = What never left has no proof of the other Party’s; but a decision to transmit is cited, by its fingerprint, in what left and is proved.
cli-duties-written = Written: { $x }
cli-duties-proved = { $x } of { $y } papers have a proof that the other side holds them; what never left has none.
cli-duties-unproved = no proof: it never left, or may not be taken out
cli-duties-no-review = This is not a review that was taken out.
cli-duties-other = The proof beside paper { $x } is of another entry.
cli-duties-words = The words of paper { $x } are not those that were signed.
cli-duties-proof = Paper { $x }: { $y }
review-proof-take = save the proof
terms-inform-on = apply between the two Parties
terms-inform-time = reasonable time for observations
terms-inform-grounds = Grounds on which a magistrate may defer:
terms-inform-help = Without this option no dossier of this sort can be opened. Nothing follows by itself when a time is over.
terms-compare-on = allowed between the two Parties
terms-compare-points = points a day for each Party (a step costs 64)
terms-compare-time = answered by an officer within
terms-compare-help = Either Party may then ask the other whether it plans something at the same place and time. Only blinded points leave; the answer says whether there is something, and nothing else.
terms-compare-a-day = { $n ->
    [one] { $n } point a day
   *[other] { $n } points a day
  }
terms-compare-within = answered within { $x }
compare-title = Comparison with the other states
compare-leaves = Neither place, time nor name leaves this node: only blinded points, which the other Party cannot read. It learns that a comparison is asked and, where something is met, that you plan something near its own plan.
compare-which = To compare:
compare-older = The program of { $x } is from before comparing: nothing can be asked of it until it is updated.
compare-none = No comparison in this dossier.
compare-typed = Compare a place and a time that are on no plan
compare-asked-of-us = Comparison asked by the other Party
compare-nothing = Nothing planned close by on the other side, by its answer.
compare-answering = By answering you say only whether a plan of yours is near, and for how many of their steps. You do not see their plan, before or after.
compare-by-name = Compared by name where no coordinates were given: the same place under another name is not found.
compare-near = { $n ->
    [one] Another state plans something near there and then ({ $n } step): contact the coordinator.
   *[other] Another state plans something near there and then ({ $n } steps): contact the coordinator.
  }
compare-unreadable = The answer cannot be compared: ask again.
link-fault-no-comparing = The charter with this partner does not allow comparing what is planned: propose it first, for both Parties to sign.
input-fault-compared-most = The charter allows no more comparing today.
input-fault-compares-nothing = Nothing here has both a place and a time to come, for a month at most.
input-fault-compares-too-much = More is planned than can be compared at once.
input-fault-compares-strange = What the other Party sent cannot be compared.
link-fault-no-duties = The charter with this partner does not have the duties to inform: propose them first, for both Parties to sign.
input-fault-minutes-answered = Minutes of this meeting were approved or amended already.
input-fault-trains-imams = This role and this service cannot go together here.
input-fault-decision-owed = A magistrate’s decision is owed in this dossier, or what was decided was not carried out yet: it is not closed.
input-fault-not-ordered = A magistrate has to decide to transmit first, in a dossier about the same duty and the same Party; a decision is carried out once.
input-fault-time-running = The agreed time is not over since the other Party received what was asked.
meetings-title = Meetings
meetings-cadence = Cadence
meetings-target = Aimed at: at most, from one meeting to the next
meetings-mean = Kept: on average, from one meeting to the next
meetings-longest = Longest time without a meeting
meetings-year = Meetings of the last 12 months
meetings-year-before = { $x } (the 12 months before: { $y })
meetings-all = Meetings in all
meetings-last = Last meeting
meetings-due = Next meeting due
meetings-late = none is called
meetings-no-figure = not yet
meetings-agenda = Agenda
meetings-no-next = No meeting is called: this is what it would have to look at today.
meetings-agenda-empty = Nothing is overdue, contested, or due before then.
meetings-escalated = Brought to the meeting by chasing
meetings-contested = Contested
meetings-overdue = Overdue
meetings-due-before = Due before the meeting
meetings-held = Meetings called and held
meetings-none = No meeting has been called yet.
meetings-ahead = ahead
meetings-unminuted = without minutes
meetings-minuted = minutes proposed
meetings-approved = minutes approved
meetings-moved = moved
meetings-cancelled = cancelled
meetings-unknown = date unknown
meetings-file = calendar file
meetings-minutes = Minutes
meetings-held-on = Held on
meetings-present = Present:
meetings-to-minutes = Open the minutes
meetings-dates = Dates proposed
meetings-suits = suits everybody
meetings-unprinted = subject not to be printed
meetings-minute = Write the minutes
meetings-move = Move
meetings-cancel = Cancel
meetings-called = called
meetings-call-then = Call it for that day
meetings-decisions = Decisions
meetings-no-decision = No decision is recorded.
meetings-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
    }
meetings-to-page = Back to the meetings
meetings-on-paper = on paper, in the meeting’s languages
meetings-follow-up = What became of decisions
meetings-interpreted = with interpreters
meetings-approvals = Approval
meetings-written-by = written by
meetings-approved-by = approved by
meetings-one-language = Not written in this language.
meetings-works = working day
meetings-free = Find a date
meetings-free-why = The next days on which every state of the dossier works, by their working weeks and holidays. No diary is looked at or shown.
meetings-free-from = from
meetings-free-at = hour ({ $x })
meetings-free-look = look
meetings-free-unknown = This node does not know the working days of every state: check before you propose.
meetings-free-none = No day on which all work within three months.
meetings-free-propose = propose these dates
hijri-computed = computed date, to within a day
hijri-day = { $x } AH
hijri-1 = Muharram
hijri-2 = Safar
hijri-3 = Rabi I
hijri-4 = Rabi II
hijri-5 = Jumada I
hijri-6 = Jumada II
hijri-7 = Rajab
hijri-8 = Shaaban
hijri-9 = Ramadan
hijri-10 = Shawwal
hijri-11 = Dhu al-Qida
hijri-12 = Dhu al-Hijja
meetings-take = Answer with a file from your calendar
meetings-take-why = The answer (.ics) that your calendar wrote fills the ordinary form; nothing is sent before you have read and sent it.
meetings-take-file = answer file
meetings-take-read = read
meetings-take-unreadable = This file is no calendar that can be read.
meetings-take-no-answer = This file is no answer to an invitation: its method must be REPLY or COUNTER.
meetings-take-not-one = This file is not about one meeting alone, or not the answer of one who is invited.
meetings-take-of-none = This file answers no meeting of this dossier.
meetings-take-older = The meeting was changed since: take its calendar file again and answer anew.
meetings-take-over = This meeting is cancelled or over.
meetings-take-nothing-asked = No answer to this invitation is awaited from your services any more.
meetings-take-undecided = This file neither accepts nor declines: “perhaps” does not answer an invitation.
meetings-take-no-time = The time it proposes is not certain (zone unknown or absent), or is over.
meetings-minutes-long = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
    }
# Programmes
programme-title = Programme
programme-not-readable = text that cannot be read here: a condition waits, or it was erased
programme-phase = Phase
programme-signed = agreement signed by all
programme-idea = Idea
programme-owners = In charge
programme-owed = What is owed, by whom
programme-nothing-owed = nothing
programme-commitments = Commitments that it answers
programme-clauses = Agreement, clause by clause
programme-no-clause = No clause has been proposed yet.
programme-accepted = accepted
programme-unread-clause = An accepted clause cannot be read here: which clauses stand cannot be told. Nothing is composed or signed before it is read, or another accepted clause takes its place.
programme-twice-numbered = Two accepted clauses have one number: one takes the other’s place before anything is signed.
programme-perhaps = accepted; whether it still stands cannot be told here
programme-replaced = accepted, then replaced
programme-proposed = waits for an answer
programme-countered = another text was proposed
programme-refused = refused or withdrawn
programme-change = Propose another text of this article
programme-starts = Begin from a model clause (nothing is proposed before it is sent)
programme-versions = Versions for signature and signed
programme-no-version = No version has been proposed for signature yet.
programme-version = Version of the accepted clauses
programme-version-signed = signed by all
programme-version-waits = waits for a signature
programme-version-not = not agreed
programme-version-unread = not readable here
programme-unsound = does not hold accepted clauses alone: without effect
programme-signed-by = signed by
programme-cohorts = Cohorts
programme-no-cohort = No cohort is open.
programme-planned = planned:
programme-figures = Figures of the cohort
programme-of = Participants
programme-given = Given
programme-here = Counted here, seen here alone
programme-judged = The course as participants judge it, at the end
programme-judged-later = The course as participants judge it, after 3 to 6 months
programme-question = Question
programme-curriculum = Curriculum and languages
programme-follow-up = Follow-up of the agreement
programme-later-awaited = The evaluation of the course after three to six months is awaited from { $x } to { $y }.
programme-later-late = The evaluation of the course after three to six months was awaited from { $x } to { $y }; it is missing.
programme-entry = See the entry
programme-more = There are more in the dossier.
programme-costs = Expenses
programme-results = Results and reviews
programme-means = By sending this you commit your state to these clauses. The agreement holds only once everybody has signed. A signature cannot be taken back.
programme-places = { $n ->
    [one] { $n } place
   *[other] { $n } places
    }
programme-sessions = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
    }
programme-article = Article { $n }
programme-agreement = Agreement
programme-paper = Read the agreement on paper, in columns
programme-to-page = Back to the programme
programme-draft = draft: the clauses accepted so far
programme-unsigned = Nothing has been proposed for signature yet.
programme-version-replaced = signed, then replaced
programme-digest = fingerprint of the clauses:
programme-claim = Claim that the commitment was kept, with this agreement as evidence
programme-kept = The agreement is signed by all and in force.
programme-kept-cohort = Cohort open: { $x }, { $y }.
point-evidence = Evidence given
point-claimed-by = claimed by
point-programme = Programme that answers it:
point-study = Put a programme to study
evidence-signed = agreement signed by all
evidence-unsigned = agreement that not everybody signed
commitments-title = Follow-up of commitments
commitments-report = Report to the next High-Level Meeting
commitments-chain = the commitment’s chain
commitments-counts = Each figure counts what one side promised: a commitment of both sides counts twice.
commitments-theme = Theme
commitments-side = Side
commitments-all = all
commitments-total = Total
commitments-none = No commitment matches this choice.
commitments-list = Commitments
commitments-open = nothing claimed
commitments-late = past its date
commitments-claimed = claimed by one side
commitments-agreed = agreed done
commitments-ended = ended otherwise
commitments-contested = contested
commitments-tied-by = tied by
commitments-alike = Says nearly the same; nobody has tied them:
commitments-decide = tie them or not: you decide
commitments-agreed-figures = Agreed by both sides
commitments-unagreed-figures = Claimed by one side only
commitments-promised = Promised
commitments-evidence = Evidence
commitments-cut = More programmes or evidence are tied to this commitment: only the first are shown.
commitments-no-evidence = no evidence given
commitments-print-barred = Its author’s condition bars printing it.
commitments-made = Made from the shared record.
commitments-selection = Limited to:
commitments-evidence-of = Evidence given by
figures-title = Figures
figures-state = state a figure
figures-later = state a later figure
figures-agreed = agreed
figures-differ = not agreed
figures-waiting = waiting for the other side
figures-one-sided = of one side only
figures-unread = figure not readable
figures-until = up to { $x }
figures-period = from { $x } to { $y }
figures-of = Figures agreed: { $x } of { $y }
figures-agreed-of-all = figures agreed
figures-agreed-title = Figures that both sides agree on
figures-not-agreed-title = Figures not agreed, side by side
figures-said-by = according to { $x }
figures-what = What is counted
commitments-only-fr = (French text only)
commitments-only-ar = (Arabic text only)
commitments-only-en = (English text only)
commitments-and-promises = commitments: { $x }, promises: { $y }
figures-many = { $x }: { $y }
figures-alone-title = Figures of one side, without an answer of the other
figures-stands = Standing
figures-barred = Further figures: their author’s condition bars printing them.
point-rhythm = rhythm

# Lessons
lessons-title = Lessons
lessons-none = No observation has been submitted yet.
lessons-waiting = Under way
lessons-learned = Learned
lessons-closed = Closed
lessons-observe = Submit as an observation
lessons-observe-filled = The form opens filled with this text and its source. Nothing is written before it is sent.
lessons-observe-anew = This text is of another purpose: it does not pass into a record of lessons by itself. The form opens empty; write facts, naming no person and no case.
lessons-observe-where = In which record
lessons-observe-nowhere = You take part in no record of lessons where you may write.
lessons-to-entry = Back to the entry
lessons-near = Lessons near to this
lessons-before = Before opening: what was learned already
lessons-words = Words of the subject
lessons-find = Find lessons
lessons-none-near = No lesson is near in the records that you take part in.
zone-by = By the clock of { $x }
zone-twice = This hour comes twice that night. Which?
zone-first = the first (UTC{ $x })
zone-second = the second (UTC{ $x })
named-erased = erased
form-written = { $x } of { $y } written
agreement-half = { $n ->
    [one] One clause stands in one language only.
   *[other] { $n } clauses stand in one language only.
}
erase-sure-entry = Yes, destroy this entry and what is ticked with it
erase-sure-file = Yes, destroy this file
erase-sure-all = Yes, destroy everything our node wrote in this dossier
erase-file = Erase this file
erase-all = Erase all that our node wrote here
expired-sure = Yes, destroy everything this node holds of the dossier
package-facet = details of: { $x }

# The balance as a page
balance = Balance
balance-paper = On paper, in two languages
balance-year = In { $x }
balance-year-running = In { $x }, so far
balance-said = { $asked ->
    [0] Nothing was asked of { $x }.
    [one] { $x } was asked once and answered { $answered }.
   *[other] { $x } was asked { $asked } times and answered { $answered }.
}
balance-said-on-time = Ended in time: { $x }
balance-said-overdue = Overdue now: { $n }
balance-said-refused = Refused with a ground: { $n }
balance-said-feedback = Feedback given: { $x }
balance-said-kept = { $made ->
    [one] One commitment made
   *[other] { $made } commitments made
} (agreed as done: { $agreed }; claimed by that side: { $claimed }; past their date: { $late })
balance-met = { $n ->
    [0] No meeting was held.
    [one] One meeting was held.
   *[other] { $n } meetings were held.
}
balance-met-target = { $n ->
    [one] The open series mean to meet once a year.
   *[other] The open series mean to meet { $n } times a year.
}
balance-all = All figures
balance-standing = What became of what was asked
balance-by-year = Asked, year by year
balance-of-year = Year
balance-on-time = Ended in time, in percent
balance-feedback = Feedback given, in percent
balance-by-kind = Asked, by kind of dossier
balance-kind = Kind
balance-service = Service
balance-side = Side
balance-meetings = Meetings held
balance-held = Meetings
balance-commitments = Commitments made in the period
balance-by-theme = Commitments by theme, of both sides
balance-theme-years = Commitments kept by theme, by the year in which they were made
balance-kept = Commitments kept, in percent
balance-decisions = Decisions of meetings
balance-definitions = What the figures mean
fig-claimed = Of these, claimed done and not yet agreed
fig-partly = Of these, partly answered
fig-contested = Contested
fig-running = Open, not overdue
plot-figures = The figures
plot-running = * The year has not ended.
def-asked = Everything asked by one side of the other in the period, by the day on which it was written, in dossiers that both share. How it stands is of now.
def-answered = Ended by an answer, or claimed done. A refusal with a ground is counted apart, and so is what its author withdrew or waived.
def-on-time = Of what was answered or refused and had a date: ended at or before that time. What its author let go is left out.
def-overdue = The date has passed and it is the turn of the side that owes. What is claimed done waits for the other side.
def-feedback = What became of what was given: asked of the side that received it. "No use" is feedback too.
def-meetings = Meetings of which one side proposed minutes and the other approved or amended them, by the day on which they were proposed; amended minutes count once. Minutes that are only proposed, and those refused, waived or taken back, do not count. Of one meeting, one set of minutes is to be approved or amended; two sets that cross and are both answered count twice.
def-commitments = What each side promised in declarations of the period. It is kept when both agree; a claim that a commitment is done, or an answer, is the word of one side. In percent: of what was promised and not let go by the other side.
def-by-theme = The same commitments, by what each point is about. The theme stands in the words of declarations: it is told only to who may read every point that is counted, and is then the same on both sides. Together the themes make all commitments. “2 of 5”: of five commitments made in that year, both sides agree that two were kept.
def-years = Calendar years in UTC, by the day of asking; each is shown as it stands today. Ten years at most.
def-left-out-name = Left out
def-left-out = Whatever is about persons behind a wall. Rights of persons are shown apart on the page, to whoever may see them; rescue and support are nowhere here.

## Notices
notices = Notices by mail
notices-why = Entente can tell you by e-mail what waits for you. Mail passes other servers: it never says more than its class permits.
notices-open = Set my notices
notices-back = Back to my account
notices-off = This node sends no mail: its operator named no server.
notices-class = Mail carries the class “{ $x }” at most. Of a dossier above it, it gives numbers only.
notices-address = Mail address
notices-elsewhere = No mail goes to this address: this node’s operator allows other domains only. Give an address of one of them.
notices-confirmed = confirmed
notices-none = No address is confirmed: nothing is sent.
notices-told = Last notice:
notices-sent = A code was sent to
notices-until = It is good until
notices-code = Code received
notices-confirm = Confirm the address
notices-other = Change the address
notices-ask = Send a code to this address
notices-remove = Remove the address
notices-remove-how = Nothing is sent any more, from this moment.
notices-unreachable = The mail server does not answer; it is tried again. Last try:
notices-untrusted = The mail server did not prove who it is; it is given nothing. Last try:
notices-credentials = The mail server refuses this node’s credentials: tell its operator. Last try:
notices-later = The mail server puts it off; it is tried again. Last try:
notices-refused = The mail server refused the last mail: check the address. Tried:
notices-times = When
notices-frequency = Digest
notices-hour = At
notices-at-once = Also at once, when an obligation becomes overdue
notices-quiet = Quiet hours
notices-quiet-from = Nothing from
notices-quiet-to = Again from
notices-no-hour = none
notices-rests = Nothing is sent on days without work in your state either.
notices-urgent = What is urgent and overdue may break them; this needs “at once” above
notices-zone = Time zone
notices-save = Save these hours
notices-preview = What the next mail would say
notices-next = Next mail:
notices-no-next = No mail is planned.
notices-empty = There is nothing to say: no mail would be sent.
mail-subject = Entente { $x }: digest
mail-subject-code = Entente { $x }: code
mail-code = Code that confirms this address: { $x }
mail-not-asked = It is good for an hour. If you did not ask for it, do nothing: nothing will be sent to you.
mail-overdue = { $n ->
    [one] { $n } obligation is overdue.
   *[other] { $n } obligations are overdue.
    }
mail-soon = { $n ->
    [one] { $n } obligation is due within 7 days.
   *[other] { $n } obligations are due within 7 days.
    }
mail-later = { $n ->
    [one] { $n } other obligation is open.
   *[other] { $n } other obligations are open.
    }
mail-fresh = { $n ->
    [one] { $n } dossier has something new.
   *[other] { $n } dossiers have something new.
    }
mail-meetings = { $n ->
    [one] { $n } meeting is within 7 days.
   *[other] { $n } meetings are within 7 days.
    }
mail-something = Something else waits for you.
mail-nothing = Nothing waits for you.
mail-due = due { $x } UTC
mail-was-due = overdue since { $x } UTC
mail-open = To learn more, open Entente.
mail-stop = This message is automatic, do not answer it. Change or stop it under “My account”.
people-fault-mail-address = This is no mail address, such as name@mail.example.
people-fault-mail-domain = This node sends mail only to domains that its operator chose, and this is none of them.
people-fault-mail-codes-most = No more codes are sent today: come back tomorrow.
people-fault-mail-code-wrong = This is not the code that was sent, or none is awaited any more: have another one sent.
people-fault-mail-hours = These hours or this time zone cannot be chosen.
people-fault-no-mail = This node sends no mail.
cli-mail-taken = The mail server took the mail.
cli-mail-failed = The mail was not sent: { $x }.
feed = My calendar
feed-why = A calendar program can fetch your meetings and due dates at a secret address, without signing in. The calendar stays on your devices and passes through servers of others: it never says more than its class permits.
feed-open = Set my calendar
feed-off = This node gives out no calendar: its operator did not allow it.
feed-class = The calendar carries at most the class “{ $x }”. Of a dossier of a higher class it gives figures by day only.
feed-address = Address of the calendar
feed-none = You have no address: no calendar leaves here.
feed-made = Made
feed-ends = Ends
feed-fetched = Last fetched
feed-never = never
feed-make = Make the address
feed-other = Make another address
feed-other-how = The present address then stops working at once.
feed-revoke = Revoke the address
feed-revoke-how = It stops working at once. What was fetched before stays on your devices.
feed-give = Subscribe your calendar program to this address:
feed-once = It is shown this once. Whoever knows it reads your calendar: give it to nobody. It ends in 180 days, and before if you change your password, second factor or provider account, or end your other sessions.
feed-back = Back to my calendar
people-fault-no-feed = This node gives out no calendar.
all-meetings = All meetings
all-meetings-ahead = Next meetings
all-meetings-none = You work in no series of meetings.
all-meetings-series = Series
all-meetings-search = Search among decisions
all-meetings-open = The decisions that are still open, of all series.
all-meetings-found = The decisions found, open or not.
all-meetings-no-next = No meeting is called.
all-meetings-no-open = No decision is open.
all-meetings-no-hit = No decision holds these words.
feed-programs = Programs that fetched it
feed-persons = Of rescue, support and the rights of persons it says only that something waits for you.
