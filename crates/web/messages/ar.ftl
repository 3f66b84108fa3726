# الرسائل بالعربية. مفتاح لكل رسالة؛ المفاتيح نفسها في الملفات الثلاثة.

## Frame
skip = انتقل إلى المحتوى
nav-label = الصفحات
nav-today = اليوم
nav-dossiers = الملفات
nav-ledger = الالتزامات
ledger-title = سجل الالتزامات
nav-partners = الشركاء
nav-import = استيراد
import-heading = استيراد تصريح
nav-tour = جولة إرشادية
tour-at = الجولة، الخطوة { $x } من { $y }:
tour-next = التالي: { $x }
tour-end = إنهاء الجولة
tour-dossier = رؤية الملف
search = بحث
search-hint = بحث، أو MA-12 ( / )
search-entries = القيود المطابقة
search-numbered = الالتزامات التي تحمل هذا الرقم
sign-out = خروج
digits = الأرقام: 123 أو ١٢٣
foot-clock = ساعة العقدة:
foot-printed = طبعه
live-news = وصل جديد: أعيدوا تحميل الصفحة
demo-fictional = عرض توضيحي: كل شيء خيالي.
demo-unendorsed = لم تعتمده أي حكومة.
refolding = يعاد حساب آجال أحد الروابط بعد تعليق: قد تتأخر المجاميع وترتيب القوائم لحظة، أما كل التزام معروض فصحيح.
demo-clock = الساعة:
demo-link-cut = الرابط مقطوع
demo-ahead = الساعة متقدمة بمقدار { $x }
demo-other-side = رؤية الطرف الآخر
yes = نعم
no = لا
nothing = لا شيء حاليا.
no-content = ما يتيحه دوركم
no-content-administrator = أنتم تشغلون هذه العقدة: الروابط وبطاقات الشركاء والبريد اليدوي. الملفات والالتزامات ومضامينها غير مفتوحة لكم: لا شيء هنا يدل على ما بقي دون جواب.
no-content-inspector = أنتم تراقبون هذه العقدة: الروابط والسجلات وأدلة الاختلاف. الملفات والالتزامات ومضامينها غير مفتوحة لكم: لا شيء هنا يدل على ما بقي دون جواب.
empty-owe = لا شيء علينا: أجبنا عن كل شيء.
empty-owed = لا شيء لنا على الشريك.
empty-news = لا جديد غير ذلك.
empty-ledger = لا التزام يوافق معايير التصفية هذه.
empty-dossiers = لا ملف يوافق البحث: وسعوه أو افتحوا ملفا.
empty-partners = لا شريك بعد: يثبته المدير بالأمر «entente link add».
more = إجراءات أخرى
change = تغيير
cancel = إلغاء
confirm = تأكيد بنقرة واحدة
dismiss = ليس التزاما
confirm-form = مراجعة وتأكيد
confirm-why = هذا ما قرأته الآلة. صححوا عند الحاجة: التأكيد يلزم كل طرف متعهد تجاه الآخر.
send = إرسال
pages = صفحات القائمة
page-of = صفحة { $x } من { $y }
shown-of = المعروض { $x } من { $y }
page-before = الصفحة السابقة
page-after = الصفحة التالية
size-bytes = { $x } بايت
size-kib = { $x } كيلوبايت
size-mib = { $x } ميغابايت
size-gib = { $x } جيغابايت
percent = { $n } %

## Time
city-rabat = الرباط
city-paris = باريس
city-madrid = مدريد
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = ماي
month-6 = يونيو
month-7 = يوليوز
month-8 = غشت
month-9 = شتنبر
month-10 = أكتوبر
month-11 = نونبر
month-12 = دجنبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
weekday-date = { $x } { $y }
off-holiday = { $x }، يوم عطلة: { $y }
off-rest = { $x }، يوم راحة
day-end = { $x }، نهاية اليوم (UTC)
span-minutes = { $n ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
    }
span-hours = { $n ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
    }
span-days = { $n ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
    }
span-months = { $n ->
    [zero] أقل من شهر
    [one] شهر واحد
    [two] شهرين
    [few] { $n } أشهر
    [many] { $n } شهرا
   *[other] { $n } شهر
    }
due-in = خلال { $x }
due-late = متأخر منذ { $x }
due-none = بدون أجل
due-stopped = الأجل موقوف
due-creditor = في انتظار صاحب الطلب
due-not-started = في انتظار التوصل
due-not-received = لم يتوصل به
due-met = انتهى في الأجل
due-missed = انتهى بعد الأجل
due-ended = انتهى

## Sign in
sign-in = الدخول
sign-in-id = المعرف
sign-in-password = كلمة السر
sign-in-wrong = المعرف وكلمة السر غير متطابقين.
wait-seconds = { $n ->
    [zero] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة الآن.
    [one] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد ثانية واحدة.
    [two] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد ثانيتين.
    [few] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد { $n } ثوان.
    [many] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد { $n } ثانية.
   *[other] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد { $n } ثانية.
    }
wait-minutes = { $n ->
    [zero] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة الآن.
    [one] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد دقيقة واحدة.
    [two] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد دقيقتين.
    [few] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد { $n } دقائق.
    [many] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد { $n } دقيقة.
   *[other] محاولات خاطئة كثيرة متتالية: أعيدوا المحاولة بعد { $n } دقيقة.
    }
sign-in-personas = الدخول بصفة
sign-in-fictional = أشخاص خياليون للعرض: نقرة واحدة تكفي.

## My account
account = حسابي
code = رمز لاستعمال واحد
code-title = عامل التحقق الثاني
code-or-recovery = الرمز المكون من ستة أرقام الذي يعرضه تطبيقكم، أو أحد رموز الاسترجاع.
code-begin-again = البدء من جديد بكلمة السر
code-late = مر وقت طويل بعد كلمة السر: ابدؤوا من جديد.
factor = عامل التحقق الثاني
factor-first = تطلب هذه العقدة من الجميع عامل تحقق ثانيا: أضيفوه هنا، فلا شيء آخر مفتوح قبل ذلك.
factor-none = لا يوجد: كلمة السر وحدها تفتح هذا الحساب.
factor-since = تطبيق تحقق، منذ
factor-why = يعرض تطبيق على هاتفكم رمزا يتغير كل ثلاثين ثانية ويطلب منكم بعد كلمة السر: فمن عرف كلمة سركم لا يدخل بها وحدها.
factor-no-password = ليس لهذا الحساب كلمة سر يضاف إليها عامل ثان.
factor-take = إضافة عامل تحقق ثان
factor-replace = تغيير التطبيق
factor-remove = إزالة عامل التحقق الثاني
factor-scan = صوروا هذه الصورة بتطبيق التحقق على هاتفكم.
factor-picture = صورة للتصوير: فيها المفتاح السري المكتوب أسفلها
factor-open = فتحه في تطبيق على هذا الجهاز
factor-type = أو اكتبوا هذا المفتاح السري في التطبيق:
factor-until = معروض إلى غاية
factor-first-code = الرمز الذي يعرضه التطبيق عندئذ
factor-confirm = تأكيد
recovery = رموز الاسترجاع
recovery-why = يفتح كل رمز حسابكم مرة واحدة مكان رمز التطبيق يوم يضيع. احتفظوا بها بعيدا عن الهاتف وعن كلمة السر.
recovery-once = لن تعرض مرة أخرى. والرموز السابقة لم تعد صالحة.
recovery-renew = طلب رموز استرجاع جديدة
recovery-left = { $n ->
    [zero] لم يبق أي رمز استرجاع
    [one] بقي رمز استرجاع واحد
    [two] بقي رمزا استرجاع
    [few] بقيت { $n } رموز استرجاع
    [many] بقي { $n } رمز استرجاع
   *[other] بقي { $n } رمز استرجاع
    }
passkeys = مفاتيح المرور
passkey-why = يحفظ مفتاح المرور في هاتف أو حاسوب أو مفتاح أمان يتعرف عليكم: فهو مكان كلمة السر وعامل التحقق الثاني، ولا يمكن لموقع مزور أن يأخذه.
passkey-label = اسم هذا المفتاح، مثل «هاتف العمل»
passkey-add = إضافة مفتاح مرور
passkey-remove = إزالة مفتاح المرور هذا
passkey-prove = إثبات حضوري مجددا بمفتاح مرور
passkey-prove-why = ليست لديكم كلمة سر هنا: قبل أي تغيير في حسابكم يثبت مفتاح مرور أنكم حاضرون. ويصلح ذلك لتغيير واحد خلال خمس دقائق.
passkey-prove-first = أثبتوا حضوركم أولا بمفتاح مرور.
passkey-sign-in = الدخول بمفتاح مرور
passkey-asking = اتبعوا ما يطلبه منكم المتصفح.
passkey-failed = لم يجب أي مفتاح مرور، أو ليس لهذا المتصفح مفاتيح.
passkey-back = رجوع
provider-sign-in = تسجيل الدخول عبر { $x }
provider-accept = قبول الدعوة عبر { $x }
provider-accept-how = أو دون كلمة سر هنا: سجلوا الدخول لدى { $x }، وسيفتح ذلك الحساب حسابكم من الآن فصاعدا.
provider-why = يمكن لحسابكم لدى هذا المزود أن يفتح حسابكم هنا. يعرف بالمعرف الذي يعطيه المزود، لا بعنوان بريد إلكتروني، ولا يفتح حساب غيركم.
provider-bind = ربط حسابي لدى { $x }
provider-cut = فك ربط هذا الحساب
provider-cut-officer = فك ربط الحساب لدى المزود
provider-off = الدخول عن طريق { $x } متوقف في هذه العقدة حاليا. طرق الدخول الأخرى متاحة، ومن يشغل العقدة يعرف السبب.
provider-prove = تسجيل الدخول مجددا لدى { $x }
provider-prove-why = ليست لديكم كلمة سر هنا: قبل أي تغيير في حسابكم تسجلون الدخول مجددا لدى المزود. ويصلح ذلك لتغيير واحد خلال خمس دقائق.
provider-prove-first = سجلوا الدخول أولا من جديد لدى المزود.
provider-proved = تم التأكيد: ويصلح ذلك لتغيير واحد.
provider-proved-until = تم التأكيد؛ ويصلح حتى
provider-account = حساب لدى المزود
provider-away = الانتقال إلى { $x }
provider-away-how = تسجلون الدخول هناك ثم تعودون إلى هنا. ما تكتبونه هناك لا تراه هذه العقدة أبدا.
provider-on = متابعة
factor-none-provider = لا يوجد هنا: الحساب لدى المزود وحده يفتح هذا الحساب.
factor-none-passkey = لا يوجد هنا: مفاتيح المرور وحدها تفتح هذا الحساب.
password-set = اختيار كلمة سر
provider-farewell = انتهى تسجيل دخولكم هنا؛ الانتقال إلى { $x }
provider-farewell-how = انتهت جلستكم هنا. ويطلب من المزود أن ينهي جلسته أيضا.
password-change = تغيير كلمة السر
password-now = كلمة السر الحالية
password-new = كلمة السر الجديدة
password-ends = تنتهي عندئذ جلساتكم الأخرى.
sessions = الجلسات
session-since = منذ
session-seen = آخر استعمال
session-this = هذه الجلسة
session-end = إنهاء هذه الجلسة
session-end-others = إنهاء كل الجلسات الأخرى

## Officers
officers = الضباط
officer = الضابط
officer-name = الاسم
officer-name-how = يظهر داخل هذه العقدة فقط. وتكتب الوظيفة بثلاث لغات هكذا: «français | العربية | English».
officer-services = المصالح
officer-services-how = على شكل عقدة/مصلحة، تفصل بينها مسافة؛ والأولى هي المصلحة المعتادة.
officer-roles = الأدوار
officer-language = اللغة
officer-inactive = موقوف
officer-active = يمكنه الدخول
officer-yes = نعم
officer-no = لا
officer-standing = ما يحق لهذا الحساب
officer-change = حفظ هذه التغييرات
officer-access = الدخول
officer-invite = دعوة ضابط
officer-invite-how = تسلمون للمعني بالأمر رابطا يصلح 72 ساعة ولمرة واحدة، ويختار كلمة سره بنفسه. أنتم لا تعرفونها أبدا.
officer-invite-again = إعطاء رابط جديد
officer-end-sessions = إنهاء كل جلساته
officer-deactivate = إيقاف
officer-reactivate = إعادة التفعيل
officer-deactivate-means = من أوقف لا يدخل بعد ذلك، في الحين؛ وما كتبه يبقى.
officer-oneself = لا أحد يغير أدواره أو مصالحه أو دخوله بنفسه: يقوم بذلك مدير آخر. والباقي هنا:
officer-back = العودة إلى الضابط
absence = في غيابي
absence-why = يمكن لزميل أن يتصرف نيابة عنكم لبضعة أيام. يدخل باسمه هو، وكل ما يفعله يسجل باسمه مع ذكر غيابكم.
absence-nobody = لا أحد في هذه العقدة يمكنه التصرف نيابة عن هذا الحساب.
absence-appoint = تعيين زميل
absence-colleague = الزميل
absence-from = اليوم الأول
absence-until = اليوم الأخير
absence-since = من
absence-to = إلى غاية
absence-end = إنهاء
absence-for-others = يمكنني التصرف نيابة عن
absence-you-may = يمكنكم التصرف في غياب
act-for = التصرف نيابة عنه
acts-for = تتصرفون في غياب
act-for-stop = العودة إلى التصرف باسمي
invitation = رابط الدعوة
invitation-give = سلموا هذا الرابط، عبر طريق آمن، لمن سيدخل بالمعرف
invitation-once = لا يعرض إلا هنا، ويصلح 72 ساعة ولمرة واحدة. ومن يملكه يختار كلمة السر.
invitation-until = الدعوة صالحة إلى غاية
reset = ضياع الهاتف أو كلمة السر
reset-how = يعيد ذلك مديران اثنان: يطلبه أحدهما ويؤكده آخر. عندئذ تزول كلمة السر وعامل التحقق الثاني والجلسات، ويعطى رابط دعوة جديد.
reset-ask = طلب إعادة التعيين
reset-asked-by = طلبها
reset-until = تؤكد قبل
reset-other = يجب أن يؤكدها مدير آخر.
reset-confirm = تأكيد إعادة التعيين
reset-withdraw = سحب الطلب
reset-waits = إعادة تعيين تنتظر التأكيد
welcome = مرحبا
welcome-how = اختاروا كلمة سركم. لا يعرفها أحد غيركم. وهذا الرابط يستعمل مرة واحدة.
welcome-set = اعتماد كلمة السر هذه والدخول
password-again = نفسها مرة أخرى
password-differs = كلمتا السر مختلفتان.

## Today
today-we-owe = ما علينا
today-owed = ما لنا
today-not-received = طلبات لم يتوصل بها أحد
today-not-received-why = كتبت هنا ولم يرد وصل من الشريك رغم انقضاء أجل التبليغ. تحققوا من الرابط أو استعملوا البريد اليدوي.
today-nearby = مقرر على مقربة من أعمالكم
today-nearby-why = عمل آخر مقرر قريبا من هناك وفي وقت قريب. يختفي السطر حين تفتحون الخطة، ويعود إذا اقترب منها شيء آخر.
today-nearby-typed = مكان وساعة أجريت مقارنتهما
today-waits = في انتظار قيد ليس عند هذه العقدة
today-waits-why = ما يظهر هنا لا أثر له بعد ولا يتبعه شيء. في الغالب يصل القيد الناقص من تلقاء نفسه: انظروا هل انقطع رابط. وإن ضاع حيثما كان فلن يصل أبدا: يكتب صاحب القيد المنتظر قيده من جديد.
today-waits-more = { $n ->
    [zero] ولا ينتظر غيرها.
    [one] وقيد آخر ينتظر منذ مدة أقصر.
    [two] وقيدان آخران ينتظران منذ مدة أقصر.
    [few] و{ $n } قيود أخرى تنتظر منذ مدة أقصر.
    [many] و{ $n } قيدا آخر ينتظر منذ مدة أقصر.
   *[other] و{ $n } قيد آخر ينتظر منذ مدة أقصر.
    }
today-waits-uncounted = القيود الناقصة هنا أكثر مما جرى تصفحه: قد يكون بينها غير ذلك مما ترونه.
today-waits-unknown = ملف غير معروف هنا بعد
today-waits-for = ينتظر
today-meeting = للاجتماع المقبل
today-news = الجديد
today-news-more = كل جديد، في الملفات
today-news-since = ما ورد من الجانب الآخر منذ
today-news-seen = اطلعت عليه كله
today-links = الروابط
more-than = أكثر من { $x }
today-all = الكل
today-more = { $n ->
    [zero] ولا شيء آخر
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ $n } أخرى
    [many] و{ $n } أخرى
   *[other] و{ $n } أخرى
    }
news-count = { $n ->
    [zero] لا قيد جديد
    [one] قيد جديد
    [two] قيدان جديدان
    [few] { $n } قيود جديدة
    [many] { $n } قيدا جديدا
   *[other] { $n } قيد جديد
    }
overdue-count = { $n ->
    [zero] لا شيء متأخر
    [one] منها واحد متأخر
    [two] منها اثنان متأخران
    [few] منها { $n } متأخرة
    [many] منها { $n } متأخرا
   *[other] منها { $n } متأخر
    }

## Obligations
ob-asks = يطلب من
ob-extended = أجل جديد
ob-contested = معترض عليه: { $x }
ob-receipt-doubtful = وقت توصل غير معقول:
ob-receipt-arrived = بلغنا الوصل في
ob-receipt-proposed = وقت توصل اقترحه { $x }:
ob-receipt-agreed = وقت التوصل المتفق عليه:
ob-withheld = الأسباب محجوبة
ob-ended = انتهى في
ob-joined = { $n ->
    [zero] لا مساهمة أخرى
    [one] تشمل مساهمة أخرى
    [two] تشمل مساهمتين أخريين
    [few] تشمل { $n } مساهمات أخرى
    [many] تشمل { $n } مساهمة أخرى
   *[other] تشمل { $n } مساهمة أخرى
    }
turn-ours = الدور علينا
turn-of = الدور على { $x }
turn-nobody = لا دور لأحد
chase-liaison = أبلغ بها ضابط الاتصال
chase-coordinator = أبلغ بها المنسق
chase-meeting = مدرجة في الاجتماع المقبل

## Entries
side-ours = نحن
side-theirs = الشريك
legend-ours = نحن: خط متصل في البداية
legend-theirs = الشريك: خط مزدوج في النهاية
own-only = لعقدتنا فقط
verdict-irregular = بلا أثر:
verdict-kept = القيد محفوظ، والطرفان يريان السبب.
verdict-not-evaluated = كتب بإصدار أحدث: محفوظ ولم يقيم بعد.
verdict-waiting = ينتظر قيودا سابقة لتقييمه.
act-opens = يفتح الملف مع
act-configures = يصبح الملف: { $x }؛ المشاركون:
act-leaves = ينسحب من الملف:
act-proposes = يقترح البنود، الصيغة { $n }
act-signs = يوقع البنود المقترحة
act-enacts = يدخل البنود حيز التنفيذ
act-suspends = يعلق التعاون
act-resumes = يستأنف التعاون
suspend-do = تعليق التعاون
resume-do = استئناف التعاون
act-asks = يطلب
act-promises = يلتزم
act-by = قبل
act-erases = يمحو مضمون
act-erases-file = يمحو المرفق { $n } من
act-continues = يواصل الملف
on-acknowledge = يشعر بالتوصل بـ
on-progress = يعمل على
on-await = ينتظر إذنا بخصوص
on-extend = يحدد أجلا جديدا لـ
on-pause = يطلب توضيحات حول
on-resume = يقدم توضيحات حول
on-answer = يجيب عن
on-refuse = يرفض
on-waive = يتنازل عن
on-withdraw = يسحب
on-contest = يعترض على
on-hand-over = يحيل
on-accept = يوافق على أنه أنجز:
on-join = ينضم إلى
on-propose-time = يقترح وقت توصل بخصوص
on-agree-time = يوافق على وقت التوصل المقترح بخصوص
on-partial = جزئيا
translation = ترجمة
translation-of = الأصل، وهو وحده المعتمد
entry-concerned = القيد المعني
translation-read = قراءة الترجمة
translation-human = من إنجاز شخص
translation-machine = من إنجاز آلة:
translation-uncertain = مصدر غير مؤكد
translation-original = الأصل وحده معتمد
translation-stays = تبقى هذه الترجمة في عقدتنا: الأصل لا يتجاوزها، أو يمنع صاحبه نقله (H2).
translate = ترجمة هذا القيد
body-unreadable = مضمون لا يقرؤه هذا الإصدار؛ وهو محفوظ كما هو.
body-erased = محي المضمون مع إثبات. ويبقى القيد في السجل.
body-owed = المضمون مطلوب من المرسل ولم يقدمه بعد.
file-withheld = مرفق غير متاح لدوركم
proof-withheld = إثبات هذا القيد غير متاح لدوركم، أو تمنعه شروط صاحبه.
body-withheld = المضمون موجود هنا وغير متاح لدوركم.
file-erased = المرفق { $n } محي
file-erase = محو { $x }
file-above = يتجاوز حد الميثاق ({ $x }): لا يجلبه { $y } ما لم يرفع الحد
file-failed = لا يطابق بصمته
file-wanted = في الطريق، { $n } %
ladder = إثباتات التبليغ
ladder-accepted = قبل هنا
ladder-received = توصل به { $x }
ladder-not-received = لم يتوصل به { $x } بعد
ladder-answered = أجيب عنه

## Finding dossiers
filter = تصفية
filter-kind = النوع
filter-phase = المرحلة
filter-partner = الشريك
filter-side = الاتجاه
filter-state = الحالة
filter-overdue = المتأخرة فقط
dossiers-found = { $n ->
    [zero] لا ملف
    [one] ملف واحد
    [two] ملفان
    [few] { $n } ملفات
    [many] { $n } ملفا
   *[other] { $n } ملف
    }
col-number = الرقم
col-title = الموضوع
col-with = مع
col-open = المفتوحة
col-updated = آخر قيد
col-ask = الطلب

## A dossier
dossier-purpose = الغاية
dossier-ceiling = السقف
dossier-participants = المشاركون
dossier-convenor = الطرف الداعي
title-gone = (موضوع محي أو لم يصل)
dossier-continues = يواصل
dossier-continued-by = يواصله
dossier-widen = إدخال دولة أخرى
dossier-opened = فتح في
dossier-updated = آخر قيد
dossier-all-received = يتوفر الشريك على جميع قيودنا في هذا الملف.
dossier-unreceipted = { $n ->
    [zero] جميع قيودنا وصلت
    [one] قيد واحد من قيودنا لم يصل بعد
    [two] قيدان من قيودنا لم يصلا بعد
    [few] { $n } من قيودنا لم تصل بعد
    [many] { $n } من قيودنا لم تصل بعد
   *[other] { $n } من قيودنا لم تصل بعد
    }
dossier-given = ما قدمناه وما آل إليه
dossier-got = ما توصلنا به ولم نفد بشأنه بعد
dossier-obligations = الالتزامات
dossier-ended = { $n ->
    [zero] لم ينته أي التزام
    [one] التزام واحد منته
    [two] التزامان منتهيان
    [few] { $n } التزامات منتهية
    [many] { $n } التزاما منتهيا
   *[other] { $n } التزام منته
}
dossier-entries = القيود
dossier-note = كتابة ملاحظة
given-no-feedback = لم تطلب إفادة
give-feedback = تقديم الإفادة
note-needs-answer = أنتظر جوابا
note-with-files = مع مرفقات أو خيارات

## Forms
form-send = تسجيل وإرسال
form-record = تسجيل
form-more = حقول أخرى
form-required = مطلوب
form-files = المرفقات
form-files-limit = { $x } على الأكثر في الإرسال الواحد، و{ $y } للمرفق الواحد؛ تختار من جديد إذا عاد النموذج
sending = إرسال المرفقات
sending-kept = وصلت المرفقات، والقيد جار
sending-stop = إيقاف الإرسال
sending-stopped = أوقف الإرسال: لم يقيد شيء، وما كتبتموه باق.
sending-broken = لم يتم الإرسال. ما كتبتموه باق؛ وقبل الإعادة تحققوا في الملف هل قيدت الكتابة.
sending-large = لم يرسل شيء: مجموع هذه المرفقات يتجاوز { $x }. أرسلوا بعضها مع كتابة ثانية.
sending-large-each = لم يرسل شيء: أحد هذه المرفقات أكبر من { $x }.
form-lang = لغة النص
form-towards = اتجاه
form-continues = يواصل
form-continues-means = ضعوا علامة على مصالح الدولة التي تدخلونها. يدعى جميع المشاركين من جديد، ولا ينتقل شيء من الملف السابق من تلقاء نفسه: يعرض كل طرف فيه ما كتبه بنفسه.
form-others-words = كتبت دولة أخرى فتح الملف السابق: قولوا الموضوع والغاية بكلماتكم.
form-asked-of = إذا كنتم تنتظرون جوابا فممن
form-asked-of-all = من كل دولة مشاركة
form-beside = ما تجيبون عنه
open-towards = اتجاه أي شريك؟
feedback-outcome = ما آل إليه
feedback-no-use = دون استعمال، لأنها
feedback-one-click = نقرة واحدة تسجل السبب.
release-with = يسجل مع:
release-by = قرره
release-necessity = الضرورة
release-basis = الأساس القانوني
release-own-only = لعقدتنا فقط: لا يرسل أبدا
stale-news = اقرؤوا ما وصل ثم سجلوا من جديد إن بقي صالحا. نصكم محفوظ.
typed-kept = هذا ما كتبتموه، حتى لا يضيع:

## Charter
charter-in-force = البنود السارية
charter-none = لا ميثاق ساري المفعول.
charter-proposed = بنود مقترحة، الصيغة { $n }
charter-signed-by = وقعها
charter-signed-by-none = لا أحد بعد
charter-sign = التوقيع عن طرفنا
charter-enact = الإدخال حيز التنفيذ
charter-terms = قراءة البنود
charter-decline = رفض الاقتراح
charter-withdraw = سحب الاقتراح
charter-declined = رفض
charter-withdrawn = سحب
charter-lapsed = اقتراحات لم توقع
charter-waits-signature = في انتظار توقيع { $x }
charter-waits-enactment = وقعها الطرفان؛ ويدخلها { $x } حيز التنفيذ
charter-overtaken = دخلت بنود أخرى حيز التنفيذ في هذه الأثناء: لم يعد توقيع هذا الاقتراح ممكنا.
binding-what = ما يصير ملزما
binding-whom = لمن
binding-from = ابتداء من
binding-from-now = فورا، بمجرد الإرسال
binding-from-enactment = بعد توقيع الطرفين وإدخال البنود حيز التنفيذ من قبل { $x }؛ ولا يتغير شيء قبل ذلك
binding-earlier = ما طلب من قبل
binding-earlier-asks = يبقى على الآجال التي طلب في ظلها
sign-means = بالتوقيع تلزمون دولتكم بهذه البنود. لا رجوع في التوقيع؛ وتبقى البنود سارية إلى أن يتفق الطرفان على غيرها.
sign-sure = نعم، أوقع باسم دولتنا
sign-not-sure = ضعوا علامة في الخانة لتأكيد توقيعكم. لم يوقع شيء.
enact-means = وقع الطرفان. من الآن تعمل الدولتان بهذه البنود إلى أن تتفقا على غيرها.
enact-sure = نعم، إدخال هذه البنود حيز التنفيذ
enact-not-sure = ضعوا علامة في الخانة لتأكيد الإدخال حيز التنفيذ. لم يتم شيء.
suspended-by-us = علقنا التعاون: الآجال موقوفة وما كتب ينتظر.
suspended-by-them = علق الشريك التعاون: وهو وحده من يستأنفه.
terms-entries-a-day = قيد في اليوم
terms-soon = قريب: قبل { $x }
terms-at-due = عند حلول الأجل
terms-after = بعد { $x }
terms-liaison = الاتصال: { $x }
terms-coordinator = المنسق: { $x }
terms-meeting = الاجتماع: { $x }
terms-clocks = الآجال حسب الطلب والاستعجال
terms-body = نصوص إلى غاية { $x }
terms-file = مرفقات إلى غاية { $x }
terms-idle = مسجلة، ولا يعمل بها هذا الإصدار بعد
terms-changes = ما الذي سيتغير
terms-no-change = لا شيء: البنود نفسها السارية.
terms-faults = لا يمكن توقيع هذا الاقتراح هنا:
terms-form-about = عدلوا ما يجب أن يتغير؛ ويبقى الباقي على حاله. تجري الآجال بالزمن التقويمي. يرى الشريك التغييرات فيوقعها أو لا يوقعها.
terms-clocks-help = السطر الفارغ يحذف؛ فيسري الأجل العادي. أضيفوا آجالا أخرى في السطور الأخيرة.
terms-another-clock = أجل آخر
terms-urgency = الاستعجال
terms-unit = الوحدة
terms-step-soon = يظهر قريبا، قبل الأجل بـ
terms-step-liaison = يبلغ ضابط الاتصال، بعد الأجل بـ
terms-step-coordinator = يبلغ المنسق، بعد الأجل بـ
terms-step-meeting = يدرج في لائحة الاجتماع القادم، بعد الأجل بـ
terms-ceiling-help = أعلى درجة لما يمكن إرساله، في الملفات التي تفتح بعد ذلك.
terms-feedback-owed = المساهمات والأجوبة تلزم متلقيها بالإفادة
terms-limit-entries = عدد القيود في اليوم من عقدة واحدة
terms-limit-file = أكبر مرفق، بالميبيبايت
terms-equivalences-help = أي مستوى وطني تعتبره الدولة درجة هنا: رمز مثل diffusion-restreinte. السطر الفارغ يحذف.
terms-level-here = الدرجة
terms-level = المستوى الوطني
unit-ms = ملي ثانية
unit-s = ثانية
unit-min = دقيقة
unit-h = ساعة
unit-d = يوم
terms-modelled = على غرار — { $x }. لا يفرض أي من هذه الصكوك هذه الآجال بين الطرفين، ما لم يكونا ملزمين به من جهة أخرى.

## Declarations
points = النقط والالتزامات
point-debtors = الملتزمون:
point-due = الأجل:
point-texts = باللغات الأخرى
point-because = الكلمات التي دلت عليه:
point-pledge = تقديم الالتزام نفسه
point-relate = ربط بنقطة سابقة
related-by = { $x } { $y } هذه النقطة
status-open = لم يصرح بشيء بعد
status-claimed = صرح بإنجازه
status-agreed = منجز باتفاق الطرفين
declaration-texts = النصوص فقرة فقرة
declaration-proposals = الآلة تقترح وتبين السبب؛ ولا التزام قبل أن يؤكده شخص.
proposed = مقترح
proposal-confirmed = أكده
proposal-dismissed = استبعد: ليس التزاما
proposal-both = الطرفان معا
stmt-commits = التزام
stmt-reaffirms = تأكيد
stmt-studies = دراسة في أفق اتفاق
stmt-concerned = قلق
stmt-condemns = إدانة
stmt-supports = دعم
stmt-welcomes = ترحيب
stmt-calls = نداء
stmt-procedural = إجراء
stmt-notes = موقف
import-why = ضعوا النص بلغة واحدة إلى ثلاث. سترون ما تقرؤه الآلة؛ ولا يسجل شيء قبل موافقتكم.
import-title = العنوان
import-reference = مرجع مختصر
import-date = التاريخ
import-place = المكان
import-version = النص { $n }
import-more-languages = النص نفسه بلغات أخرى
import-lang-detect = تتعرف عليها الآلة
import-file = وثيقة (نص أو Markdown أو HTML)
import-paste = أو نص ملصق
import-preview = عرض المقترحات
import-store = تسجيل التصريح
import-missing = يلزم عنوان ونص واحد على الأقل.
import-found = { $n ->
    [zero] لا التزام مقترح.
    [one] التزام واحد مقترح.
    [two] التزامان مقترحان.
    [few] { $n } التزامات مقترحة.
    [many] { $n } التزاما مقترحا.
   *[other] { $n } التزام مقترح.
    }
import-register = استيراد سجل التزامات
import-register-why = وثيقة JSON للصكوك والنقط، مصنفة ومترابطة.
import-register-file = وثيقة JSON
import-register-do = استيراد السجل
import-fault-size = حجم الوثيقة { $x }، وهو أكبر من { $y } المقبولة.
import-fault-utf8 = الوثيقة ليست بترميز UTF-8: أول بايت خاطئ في الموضع { $x } ابتداء من الصفر.
import-fault-binary = الوثيقة ثنائية وليست نصا: محرف تحكم في الموضع { $x } ابتداء من الصفر.
import-fault-empty = لا تحتوي الوثيقة على أي نص.
import-fault-paragraphs = عدد فقرات الوثيقة أكبر من { $x }.
import-fault-language = اللغة ليست الفرنسية ولا الإنجليزية ولا العربية: حددوها.
import-fault-json = وثيقة JSON للسجل خاطئة في السطر { $x }، العمود { $y }
import-json-syntax = ليس بصيغة JSON
import-json-shape = حقل ناقص أو من نوع غير صحيح
import-json-cut = الوثيقة مبتورة
import-fault-twice = المعرف { $x } مستعمل مرتين.
import-fault-instrument = النقطة { $x } تحيل على الصك { $y } غير الموجود في السجل.
import-fault-follows = النقطة { $x } تتبع { $y } غير الموجودة في السجل.
import-fault-circle = النقطة { $x } تتبع نفسها عبر نقط أخرى.
import-fault-no-text = للتصريح نص واحد على الأقل.

## One entry
entry-to-dossier = العودة إلى الملف
entry-opened = التزامات نشأت عن هذا القيد
entry-facts = الوقائع
entry-id = المعرف
entry-type = النوع
entry-author = الكاتب
entry-written = كتب في
entry-here = هنا منذ
entry-audience = الموجه إليهم
entry-handling = شروط الاستعمال
entry-release = قرار الإرسال
entry-decision = القرار
entry-erase = محو هذا القيد
entry-proof = الإثبات
entry-proof-why = القيد ومكانه في السجل وحالة السجل التي شارك الشريك في توقيعها وتاريخ المفاتيح في وثيقة واحدة يتحقق منها دون اتصال.
proof-recipient = المرسل إليه
proof-position = المكان في السجل
proof-receipt = وصل الشريك
proof-waiting = لم يدرج بعد
proof-no-receipt = لا وصل بعد
proof-download = تنزيل الإثبات
proof-verify = التحقق دون اتصال:

## معروض من ملف سابق
history = من السابق
history-released = عرض هنا في
history-binds-nothing = لا يلزم أحدا هنا
history-written = كتب في
history-of = في الملف
history-original = الأصل
history-mismatch = ما عرض غير مطابق:
history-not-shown = لا يعرض مضمونه ولا يترتب عليه شيء.
release-to = يرسل إلى
release-means = ما تختارونه يرسل كما وقع، بنصه ومرفقاته، بقرار منكم. هو هناك من السابق: لا يطلب شيئا ولا يلزم أحدا. لا ترسل معه الترجمات. ومن يمحو الأصل يمحوه هناك أيضا.
release-none = هذا الملف لا يواصل ملفا سابقا، أو هو مغلق.
release-not-ours = لستم مشاركين في هذا الملف.
release-crosses = ما ينتقل بالضبط
release-files = { $n ->
    [zero] لا مرفقات
    [one] مرفق واحد
    [two] مرفقان
    [few] { $n } مرفقات
    [many] { $n } مرفقا
   *[other] { $n } مرفق
    }
release-left-out = { $n ->
    [zero] لا قيود أخرى
    [one] قيد آخر لنا غير مدرج: اعرضوا هذه أولا.
    [two] قيدان آخران لنا غير مدرجين: اعرضوا هذه أولا.
    [few] { $n } قيود أخرى لنا غير مدرجة: اعرضوا هذه أولا.
    [many] { $n } قيدا آخر لنا غير مدرج: اعرضوا هذه أولا.
   *[other] { $n } قيد آخر لنا غير مدرج: اعرضوا هذه أولا.
    }
release-more = شروط إضافية لكل ما اختير
release-do = عرض ما اختير

## Ledger and balance
ledger-same = يقرأ الطرفان السطور نفسها. لا يسقط منها شيء من تلقاء نفسه: الصمت هو التقصير الوحيد.
ledger-found = { $n ->
    [zero] لا التزام
    [one] التزام واحد
    [two] التزامان
    [few] { $n } التزامات
    [many] { $n } التزاما
   *[other] { $n } التزام
    }
ledger-open = مفتوحة
ledger-ended = منتهية
ledgers-agree = الالتزامات متطابقة لدى الطرفين
ledgers-differ = الالتزامات مختلفة بين الطرفين
ledgers-asked = طلبت المقارنة
reviews-title = للمراجعة
reviews-why = تراجع المحتويات في أوانها: تمديد أو إغلاق أو محو في الملف. فإذا لم يقرر أحد محتها العقدة هنا، وطلبت من الطرف الآخر أن يشهد بزوال ما كتبناه عنده. ولا يحدث ذلك ما دام المحو معلقا أو بقي شيء مستحقا.
reviews-soon = { $n ->
    [zero] لا ملف ينتظر المراجعة قريبا
    [one] ملف واحد ينتظر المراجعة
    [two] ملفان ينتظران المراجعة
    [few] { $n } ملفات تنتظر المراجعة
    [many] { $n } ملفا ينتظر المراجعة
   *[other] { $n } ملف ينتظر المراجعة
    }
reviews-pressing = { $n ->
    [zero] لا شيء منها في الأيام القادمة
    [one] منها واحد في الأيام القادمة
    [two] منها اثنان في الأيام القادمة
    [few] منها { $n } في الأيام القادمة
    [many] منها { $n } في الأيام القادمة
   *[other] منها { $n } في الأيام القادمة
    }
reviews-passed = { $n ->
    [zero] لم يفت موعد أي منها
    [one] فات موعد واحد منها
    [two] فات موعد اثنين منها
    [few] فات موعد { $n } منها
    [many] فات موعد { $n } منها
   *[other] فات موعد { $n } منها
    }
reviews-more = القائمة أطول من هذا: هنا ما يحل أولا.
reviews-due = المراجعة في
reviews-erased-from = يمحى ابتداء من
reviews-stays-owed = يبقى: لا يزال شيء مستحقا
reviews-stays-held = يبقى: المحو معلق
reviews-stays-released = يبقى: عرض في ملف لا يزال مستمرا
reviews-clock = تعد ساعة العقدة صحيحة من الآن.
dossier-review = المراجعة
review-because-opened = المدة المقررة لهذا النوع منذ فتحه
review-because-agreed = المدة التي يحددها الميثاق منذ فتحه
review-because-closed = المدة التي تلي إغلاقه
review-because-kept = مبقى عليه:
review-because-each = لكل قيد مدته، وتمحى القيود معا كل أربعة أسابيع
review-because-again = محي ما كان فيه، ولما جاء بعده مدته
act-leaves-review = روجع؛ واليوم المذكور أقرب، فتبقى المراجعة في
meeting-title = للاجتماع المقبل
meeting-why = التزامات تجاوز تأخرها ما يتركه الميثاق للضباط والمنسقين.
balance-with = الحصيلة مع { $x }
balance-same = يقرأ الطرفان الأرقام نفسها.
balance-asked-of = المطلوب من { $x }
balance-by-service = حسب المصلحة المدينة
balance-from = من
balance-to = إلى
period-month = 30 يوما
period-quarter = فصل
period-year = سنة
fig = المؤشر
fig-asked = الطلبات
fig-answered = المجاب عنها أو المنجزة
fig-refused = المرفوضة
fig-dropped = المتنازل عنها أو المسحوبة
fig-open = المفتوحة
fig-overdue = المفتوحة المتأخرة
fig-on-time = المنتهية قبل أجلها، من بين ما كان له أجل
fig-median = المدة الوسيطة من التوصل إلى الانتهاء
fig-gap = الفارق الوسيط بين الكتابة والتوصل
fig-unreceived = لم يتوصل بها
fig-feedback = الإفادات المقدمة، من بين المطلوبة
fig-no-use = إفادات تقول «دون استعمال»
fig-of = { $x } من { $y }
fig-ground = رفض:
fig-mostly-no-use = أكثر من نصف الإفادات تقول «دون استعمال»: تدرج في الاجتماع المقبل.

## Partners
link-up = الرابط قائم
link-down = الرابط منقطع
link-cut = الرابط مقطوع عمدا
link-alarm = أوقف إنذار الرابط
link-clocks = { $n ->
    [zero] الساعتان متفقتان
    [one] الساعتان مختلفتان: ذكرت ساعتهم وقتا يسبق ساعتنا بدقيقة واحدة
    [two] الساعتان مختلفتان: ذكرت ساعتهم وقتا يسبق ساعتنا بدقيقتين
    [few] الساعتان مختلفتان: ذكرت ساعتهم وقتا يسبق ساعتنا بـ{ $n } دقائق
    [many] الساعتان مختلفتان: ذكرت ساعتهم وقتا يسبق ساعتنا بـ{ $n } دقيقة
   *[other] الساعتان مختلفتان: ذكرت ساعتهم وقتا يسبق ساعتنا بـ{ $n } دقيقة
}
link-restart-answer = اقترح أن يبدأ سجلنا من جديد: لا يرسل شيء حتى يؤخذ جواب { $x } هنا
link-restart-owner = يبدأ سجل { $x } من جديد كما اتفق عليه: لا يصل شيء حتى يؤخذ جوابنا هناك
link-restart-other = بدأ سجل { $x } من جديد باتفاق غير المحفوظ هنا: اطلبوا من منسقه وثيقة ما اتفق عليه، وخذوها
link-since = منذ
link-held = لدى الشريك { $x } من تقييداتنا البالغة { $y }
link-in = لدينا { $x } من تقييداته
link-waiting = { $n ->
    [zero] لا شيء ينتظر الإرسال
    [one] قيد واحد ينتظر الإرسال
    [two] قيدان ينتظران الإرسال
    [few] { $n } قيود تنتظر الإرسال
    [many] { $n } قيدا ينتظر الإرسال
   *[other] { $n } قيد ينتظر الإرسال
    }
link-waiting-more = أكثر من { $x } قيد ينتظر الإرسال
link-files = { $n ->
    [zero] لا مرفق منتظر
    [one] مرفق واحد منتظر
    [two] مرفقان منتظران
    [few] { $n } مرفقات منتظرة
    [many] { $n } مرفقا منتظرا
   *[other] { $n } مرفق منتظر
    }
restored-title = استرجاع من نسخة احتياطية
restored-at = تم الاسترجاع
restored-journal = تصل يومية النسخة الاحتياطية إلى
restored-back = { $n ->
    [zero] لم يعد شيئا من سجلنا
    [one] أعاد تقييدا واحدا من سجلنا
    [two] أعاد تقييدين من سجلنا
    [few] أعاد { $n } تقييدات من سجلنا
    [many] أعاد { $n } تقييدا من سجلنا
   *[other] أعاد { $n } تقييد من سجلنا
}
restored-opened = أعيد الفتح بعد سماع كل شريك
restored-alone = فتح دون انتظار الشركاء
restored-not-back = ما لا يعود: اليومية منذ النسخة الاحتياطية، وما لم يرسل بعد، والقيود الخاصة بعقدتنا وحدها، والحسابات والإعدادات التي تغيرت منذ ذلك الحين، والضابط وراء اسم مستعار أنشئ منذ ذلك الحين.
restored-untold = { $n ->
    [zero] لم يتلف بعد النسخة الاحتياطية أي مضمون لم يعلم الشركاء بمحوه.
    [one] أتلف بعد النسخة الاحتياطية مضمون قيد واحد بمحو لم يعلم به أي شريك. إن كان عند شريك فامحوه مرة أخرى:
    [two] أتلف بعد النسخة الاحتياطية مضمون قيدين بمحو لم يعلم به أي شريك. إن كان عند شريك فامحوهما مرة أخرى:
    [few] أتلف بعد النسخة الاحتياطية مضمون { $n } قيود بمحو لم يعلم به أي شريك. إن كان عند شريك فامحوها مرة أخرى:
    [many] أتلف بعد النسخة الاحتياطية مضمون { $n } قيدا بمحو لم يعلم به أي شريك. إن كان عند شريك فامحوها مرة أخرى:
   *[other] أتلف بعد النسخة الاحتياطية مضمون { $n } قيد بمحو لم يعلم به أي شريك. إن كان عند شريك فامحوها مرة أخرى:
}
own-card = بطاقتنا
own-card-why = تسلم للشريك؛ قارنوا البصمات شفويا قبل تثبيتها.
partner-link = الرابط والسجلان
partner-desk = المكتب الدائم
partner-charter = الميثاق
partner-propose-charter = اقتراح ميثاق
reg-out = سجلنا
reg-held = منه لدى الشريك
reg-in = سجله لدينا
reg-waiting = في الانتظار
reg-cut = آخر مقارنة
reg-cut-sizes = { $x } منا و{ $y } منه
suspend-title = التعليق
suspend-why = كل طرف يعلق من جهته، وهو وحده من يرفع تعليقه. تتوقف الآجال؛ وتمر دائما الوصولات والمحو وما ينقذ الحياة.
suspend-means = بمجرد الإرسال لا يغادر شيء مما يكتب نحو هذا الشريك وتتوقف الآجال للدولتين. ولا يمر إلا الميثاق والوصولات والمحو وما ينقذ الحياة.
suspend-sure = نعم، تعليق التعاون بين دولتينا
suspend-not-sure = ضعوا علامة في الخانة لتأكيد التعليق. لم يتم شيء.
erase-means = ما يمحى يتلف في العقدتين ولا يسترجع. وعلى الشريك بعد ذلك أن يشهد به.
erase-means-here = ما يمحى يتلف ولا يسترجع. ولم يغادر هذه العقدة قط: لا أحد غيرها يحوزه.
erase-file-means = يتلف هذا المرفق في العقدتين ولا يسترجع، ويبقى النص وسائر المرفقات. لا يعرض اسمه بعد ذلك، لكنه يبقى مختوما في النص الموقع: إن وجب محوه أيضا فامحوا القيد كله. وعلى الشريك بعد ذلك أن يشهد به.
erase-file-means-here = يتلف هذا المرفق ولا يسترجع، ويبقى النص وسائر المرفقات. لا يعرض اسمه بعد ذلك، لكنه يبقى مختوما في النص الموقع: إن وجب محوه أيضا فامحوا القيد كله. ولم يغادر شيء من ذلك هذه العقدة.
expired-means = يتلف الآن كل ما تحتفظ به هذه العقدة من الملف، ولو قبل انتهاء مدته، ولا يمكن استرجاعه؛ وما كتبته عقدتنا يتلف أيضا لدى الشريك، وعليه أن يشهد بذلك.
erase-sure = نعم، أتلفوا نهائيا
erase-not-sure = ضعوا علامة في الخانة لتأكيد المحو. لم يتلف شيء.
form-suspended = التعاون مع هذا الشريك معلق: ما تكتبونه هنا ينتظر استئنافه، إلا إذا كانت حياة في خطر.
suspend-remark = ملاحظة للشريك
identity = الهوية
identity-why = اقرؤوا البصمات بصوت عال عبر قناة أخرى: يجب أن تتطابق لدى الطرفين.
fingerprint-theirs = بصمة الشريك
fingerprint-theirs-next = بصمة الشريك التالية
fingerprint-ours = بصمتنا
fingerprint-ours-next = بصمتنا التالية
identity-address = العنوان
identity-pinned = ثبتت في
key-changes = مفاتيح التوقيع عبر الزمن
key-changed = غير مفتاح التوقيع، ووقع التغيير المفتاح القديم والجديد معا:
key-leaf = في المكان { $x } من السجل
key-here = استلم
key-confirmed = تأكيد الشريك لآخر تغيير:
key-confirmed-yes = نعم
key-confirmed-not = ليس بعد
tls-changes = مفاتيح TLS عبر الزمن
tls-changes-why = يفتح مفتاح TLS اتصالات الرابط ويدخل في البصمة. البصمتان صحيحتان كلتاهما إلى أن يستعمل المفتاح الجديد.
tls-changed = غير مفتاح TLS، ووقع التغيير المفتاح القديم والجديد ومفتاح التوقيع:
tls-not-shown = لم يستعمل بعد
tls-until = لا يفتح القديم شيئا ابتداء من
tls-waits = لم يؤكد مفتاح TLS الأخير بعد:
key-compromised = مفاتيح أعلن أنها مخترقة
key-compromised-short = أعلن أن أحد مفاتيح توقيع هذا الشريك مخترق، فلا يثبت شيئا ابتداء من
key-compromised-why = ربما كان هذا المفتاح في يد غير صاحبه. لا يعتد بما وقعه إلا إذا شارك الطرف الآخر في توقيعه قبل الوقت المذكور، ولا يقبل بعد ذلك شيء مما يوقعه.
key-compromised-from = لا يثبت شيئا ابتداء من
key-compromised-by = أعلنه { $x }
key-compromised-here = حفظ هنا
key-compromised-file = الإعلان الموقع
compromise-title = مفتاح يعرفه آخرون
compromise-ways = الإعلان أن أحد مفاتيح هذا الشريك مخترق
compromise-why = إذا أخبركم الشريك أن أحد مفاتيح توقيعه ربما صار في يد غيره. لا يثبت هذا المفتاح هنا شيئا ابتداء من الوقت الذي يذكره، نهائيا.
compromise-file = إعلان الشريك
compromise-read = قراءة ما يقوله
compromise-voice = دون وثيقة: ما قاله مسؤولوه شفويا
compromise-voice-why = فقط إذا لم يكن للشريك مفتاح أحدث يوقع إعلانا، أو تعذر وصول الوثيقة. يعلن عندئذ باسمنا نحن.
compromise-print = بصمة ذلك المفتاح كما قرأها عليكم مسؤولو { $x }
compromise-since = لا يثبت شيئا ابتداء من (UTC)
compromise-since-why = منذ متى ربما كان في يد آخرين؛ وإن لم يعرف ذلك أحد، فمن الآن.
compromise-own = الإعلان أن أحد مفاتيحنا مخترق
compromise-own-why = يوقع الإعلان أحدث مفتاح. إذا كان هو الذي ربما يعرفه آخرون فيغير أولا على الجهاز: entente key rotate.
compromise-key = أي مفتاح
compromise-replaced = استبدل
compromise-none = لم تغير هذه العقدة مفتاح توقيعها قط. إذا احتمل أن يعرفه آخرون فيغير أولا على الجهاز: entente key rotate. ثم يعلن المفتاح الجديد عن القديم.
compromise-next = قراءة ما يعنيه ذلك
compromise-of = مفتاح توقيع لـ { $x }
compromise-means = يحفظ نهائيا ولا يتراجع عنه أحد. ابتداء من هذا الوقت لا يثبت هنا شيء مما وقعه المفتاح إلا ما شاركنا في توقيعه قبله، ولا يقبل بعد ذلك شيء تحته. إذا لم يعرف هنا لهذا الشريك مفتاح أحدث فلا يرسل شيء ولا يستلم إلى أن يبدأ سجله من جديد.
compromise-own-means = يحفظ نهائيا ولا يتراجع عنه أحد. ابتداء من هذا الوقت لا يثبت المفتاح شيئا، ولا توقع به هذه العقدة شيئا بعد ذلك. سلموا الوثيقة الموقعة إلى كل شريك؛ وهي تظهر بعد ذلك تحت «بطاقتنا».
compromise-sure = نعم، أعلن أن هذا المفتاح مخترق نهائيا
compromise-do = الإعلان
compromise-take = قبول الإعلان
identity-card = بطاقة الشريك
evidence = أدلة محفوظة على الإخلال
evidence-fork = سجلان موقعان متناقضان؛ تم إيقاف الرابط
evidence-rollback = سجل أعيد إلى الوراء؛ تم إيقاف الرابط
evidence-tampered = بيانات لا تطابق توقيعها؛ أغلق الاتصال
evidence-own-behind = يحوز الشريك من سجلنا أكثر مما لدينا؛ تم إيقاف الرابط
evidence-restored = فقد الشريك جزءا من سجله واسترجعه من عندنا
evidence-lost-by-both = بعد استعادة الجانبين من نسخ احتياطية، الوصولات التي سبق أن سلمتها هذه العقدة لا توافق ما عند الشريك الآن؛ ولا شيء يثبت السبب، والرابط مستمر
signing-key-missing = لا يوجد في مخزن مفاتيح هذه العقدة سر المفتاح الذي توقع به: المخزن أقدم من المفتاح. ضعوا مكانه أحدث نسخة من مجلد keys في النسخة الاحتياطية؛ لا يوقع شيء قبل ذلك.
evidence-ledgers-differ = سجلا الالتزامات مختلفان
evidence-told-otherwise = دولة أخرى تقول إنها تسلمت بنفس الرتبة قيدا غير الذي تسلمناه
evidence-relayed = قيد لدولة أخرى أرسل نيابة عنها؛ لا يعتد به إلا إذا ورد منها
evidence-equivocation = قيدان مختلفان بنفس الرتبة في ملف واحد
evidence-lanes-forked = ملفات تابعت مسارات متناقضة مرات كثيرة؛ لا يقبل شيء بعد ذلك
evidence-alarm-lifted = رفع الإنذار بعد التشاور، ويستأنف الرابط
evidence-restarted = بدأ سجل من جديد بعد اتفاق المنسقين، وما وقعه الطرفان محفوظ
evidence-other-beginning = بدأ سجل للشريك باتفاق غير الذي أعطته هذه العقدة أخيرا؛ لم يؤخذ منه شيء، ووثيقة ما اتفق عليه تصلح ذلك
restarts-title = سجلات بدأت من جديد
restart-agreed-at = اتفق عليه المنسقان إلى غاية السطر { $x }
restart-offered = اقترحه منسقه حين كان عدد أسطره { $x }
restart-root-at = الجذر عند ذلك
restart-ways = بدء سجل من سجلات هذا الرابط من جديد
restart-why = بعد تفرع سجل، أو إذا ضاع مفتاحه أو عرفه آخرون، يقترح صاحبه أن يبدأ من جديد فيقبل الشريك ثم يأخذ صاحبه الرد. تمر الوثائق بأي طريق، وتقارن البصمة مشافهة عبر طريق آخر.
restart-propose = اقتراح أن يبدأ سجلنا من جديد
restart-propose-do = التوقيع والاقتراح
restart-propose-means = ابتداء من الآن لا يرسل شيء إلى هذا الشريك حتى يؤخذ رده هنا. وما يتفق عليه نهائي: أين ينتهي السجل، وبأي مفتاح يستمر.
restart-has = عدد أسطره الآن: { $x }
restart-our-key = سيستمر بمفتاح هذه البطاقة:
restart-ground = لماذا يبدأ من جديد
restart-ground-why = إذا ضاع المفتاح أو عرفه آخرون فعلى هذه العقدة أن تبدأ مفتاحا آخر أولا (entente key begin).
restart-no-ground = اذكروا لماذا يبدأ السجل من جديد. لم يقترح شيء.
restart-not-sure = ضعوا علامة في الخانة للتأكيد. لم ينفذ شيء.
restart-proposal-file = تنزيل الاقتراح
restart-carry = احملوا الاقتراح إلى منسق الشريك بأي طريق، واقرؤوا بصمة بطاقتنا بصوت مسموع عبر طريق آخر.
restart-withdraw = سحب الاقتراح
restart-answer-file = تنزيل ردنا
restart-file = اقتراح أو رد أرسله الشريك
restart-file-again = الوثيقة نفسها مرة أخرى: هي أطول من أن تحملها هذه الصفحة
restart-file-missing = اختاروا الوثيقة التي أرسلها الشريك.
restart-read = قراءتها
restart-accept = قبول الاقتراح
restart-accept-means = بالقبول توقعون باسم دولتكم على موضع انتهاء سجل الشريك. وما يكتبه بعد ذلك يصدق بمفتاح هذه البصمة. لا رجوع في ذلك.
restart-compare = البصمة التي قرأها عليكم مسؤولو { $x }
restart-compare-why = عبر طريق غير طريق الوثيقة. لا تقبلوا بصمة لم يقرأها عليكم أحد.
restart-agreed-from = إذا قالت عقدة الشريك إن لديها أوراقا أقل مما اتفق عليه: كم لديها
restart-agreed-file = تنزيل ما اتفق عليه الشريك، لشريك فقده
restart-again = أخذ ما اتفق عليه من جديد
restart-again-means = قبلت هذه العقدة ذلك مرة ثم فقدته باستعادة: عليه توقيعها هي. ينتهي سجل الشريك من جديد حيث كان الاتفاق. لا رجوع في ذلك.
restart-conclude = أخذ الرد
restart-conclude-means = ينتهي سجلنا حيث اتفق الطرفان ويستمر في الجيل التالي. ويعود ما لدى الشريك باسمنا وليس لدينا. لا رجوع في ذلك.
restart-conclude-sure = نعم، أخذ هذا الرد
irregular-entries = قيود بلا أثر

## Failures
go-today = العودة إلى صفحة اليوم
fail-not-found = لا شيء هنا
fail-sign-in = انتهت الجلسة
fail-wait = كلمات سر خاطئة كثيرة
fail-busy = تستقبل العقدة الآن أقصى ما يمكنها من المرفقات
fail-second-factor = يلزم أولا عامل تحقق ثان
fail-foreign-form = لم يقبل هذا النموذج
fail-forbidden = دوركم لا يسمح بذلك
fail-fields = بعض الحقول تحتاج إلى تصحيح
fail-input = تعذرت القراءة
fail-refused = لم يقبل هذا
fail-stale = حدث شيء في هذه الأثناء
fail-irregular = هذا غير ممكن هنا
fail-too-large = الحجم كبير جدا
fail-link = الرابط لا يسمح بذلك
fail-storage = التخزين لا يستجيب
fail-full = امتلأ تخزين العقدة
storage-full = لم يبق مكان يتسع لهذه المرفقات. لم يحفظ منها شيء؛ وعلى القائم على العقدة أن يوفر المكان.
fail-closed = استرجعت هذه العقدة من نسخة احتياطية
fail-bug = خطأ من جانبنا
limit-is = الحد هو { $x }.
blame-not-found = الصفحة غير موجودة أو غير مفتوحة لكم: الجواب واحد.
blame-sign-in = ادخلوا من جديد؛ ما سجل في أمان.
blame-wait = لا يمنع أحد من الدخول: ينتهي الانتظار من تلقاء نفسه.
blame-busy = لم يقيد ما كتبتموه؛ ويمكن إرساله من جديد.
blame-second-factor = لم يتم أي شيء. أضيفوا عامل تحقق ثانيا في صفحة «حسابي».
blame-foreign-form = جاء من صفحة غير صفحاتنا أو من جلسة منتهية. لم يحدث شيء.
blame-forbidden = لم يحدث شيء. اسألوا من يسند الأدوار.
blame-stale = لم يحدث شيء. اقرؤوا الصفحة من جديد وأعيدوا إن بقي صالحا.
blame-link = لم يضع شيء: ما كتب ينتظر أن يسمح الرابط.
blame-input = لم يسجل شيء. صححوا وأعيدوا المحاولة.
blame-ours = الخطأ من جانبنا لا من جانبكم ولا من الشريك. وقد دون في يومية العقدة.
blame-closed = لا يعرض شيء ولا يكتب شيء قبل أن يعيد كل شريك ما يحوزه من سجلنا وأن يكرر ما تم محوه منذ ذلك الحين. ويمكن للمدير فتح العقدة دون انتظار: entente recover --alone.
compose-target = يهم هذا التزاما مفتوحا يمكن لطرفنا التصرف فيه.
compose-nobody = حددوا المصلحة المطلوبة.
input-form = تعذرت قراءة النموذج.
input-silent = لم يصل شيء خلال دقيقة فقطع الإرسال، ولم يحفظ منه شيء.
input-day = تعذرت قراءة التواريخ أو أن النهاية قبل البداية.
input-years = لا تُحسب دفعة واحدة أكثر من عشر سنوات.
other-history = يعرض الشريك سجلا غير الذي سلمنا وصله. حفظ الدليل: كلموا منسقه.
link-fault-cut = هذا الرابط مقطوع عمدا: يستأنف عند وصله من جديد (entente link mend).
link-fault-own-key-compromised = سجل هذه العقدة يوقعه مفتاح أعلن أنه مخترق ولا تغيير ينطلق منه: يجب أن يبدأ السجل من جديد بمفتاح آخر (entente register restart propose).
link-fault-partner-key-compromised = أعلن أن أحدث مفتاح معروف لهذا الشريك مخترق: لا يرسل شيء ولا يقبل حتى يعرف هنا مفتاحه الجديد.
link-fault-not-cut = هذا الرابط غير مقطوع.
link-fault-driven = تسير الرابط عملية أخرى من هذه العقدة.
link-fault-lanes = كتب الشريك سلاسل قيود متناقضة مرات كثيرة: أوقف الرابط وحفظ الدليل. كلموا منسقه.
link-fault-never-left = هذا القيد خاص بعقدتنا ولم يغادرها قط: لا شيء يثبت.
link-fault-no-charter = لا ميثاق ساري المفعول مع هذا الشريك بعد.
link-fault-no-partner = لم يربط أي شريك بعد.
link-fault-not-received = لم يتسلم الطرف الآخر هذا القيد بعد: لا شيء يثبت.
link-fault-not-stopped = لم يوقف أي إنذار هذا الرابط.
link-fault-unnamed = هناك أكثر من شريك: سموا الشريك المقصود.
link-fault-session = الرابط مشغول: جلسة مفتوحة أو كانت مفتوحة قبل لحظة. ما ينتظر يرسل من تلقاء نفسه، أو أعيدوا المحاولة بعد ثوان.
link-fault-state-no-charter = لا ميثاق ساري المفعول بعد مع إحدى هذه الدول.
link-fault-state-not-admitted = الميثاق مع إحدى هذه الدول لا يقبل ذلك.
link-fault-state-unlinked = إحدى هذه الدول غير مرتبطة بدولتنا.
link-fault-state-version = إحدى هذه الدول تستعمل إصدارا بلا ملفات بين ثلاث دول أو أكثر.
link-fault-state-continues = إحدى هذه الدول تستعمل إصدارا لا يواصل فيه ملف ملفا سابقا.
link-fault-states = عدد الدول أكبر مما يسعه ملف واحد.
link-fault-stopped = أوقف إنذار هذا الرابط: يستأنف بعد أن يتحدث منسقا الطرفين.
link-fault-taken-over = تولت الرابط عملية أخرى من هذه العقدة.
link-fault-version-older = لم يسجل شيء: إحدى العقد المشاركة، عقدتكم أو عقدة شريك، تستعمل إصدارا لا يعرف بعد هذا النوع من القيود. اطلبوا تحديث تلك العقدة وأعيدوا المحاولة بعد اتصالها؛ وإلى ذلك الحين اكتبوا ما يعرفه الطرفان: قولوه في ملاحظة، أو امحوا القيد كله بدل مرفق واحد منه.
restart-fault-damaged = ليس هذا اقتراحا ولا ردا كاملا لبدء سجل من جديد: اطلبوا الوثيقة من الشريك مرة أخرى.
restart-fault-broken = ما وقع في هذه الوثيقة لا يصح. لا تفعلوا بها شيئا وتحدثوا إلى الشريك.
restart-fault-other-nodes = لا تخص هذه الوثيقة هذه العقدة وأحد شركائها.
restart-fault-generation = ليس السجل في الجيل الذي تغلقه هذه الوثيقة: بدأ من جديد قبل ذلك، أو يجب إتمام أمر آخر أولا.
restart-fault-unknown-key = هذه الوثيقة موقعة بمفتاح لا يعرف أنه للشريك: خذوا أحدث بطاقة له أولا.
restart-fault-not-ours = لم تقدم هذه العقدة الاقتراح الوارد في هذه الوثيقة.
restart-fault-held-less = { $n ->
    [zero] ليس لدى هذه العقدة أي ورقة من ذلك السجل، وهي أقل مما اتفق عليه. وما وصل محفوظ. اطلبوا من الشريك وثيقة بما اتفق عليه تحمل الأوراق ابتداء من { $n }.
    [one] لدى هذه العقدة ورقة واحدة من ذلك السجل، وهي أقل مما اتفق عليه. وما وصل محفوظ. اطلبوا من الشريك وثيقة بما اتفق عليه تحمل الأوراق ابتداء من { $n }.
    [two] لدى هذه العقدة ورقتان من ذلك السجل، وهي أقل مما اتفق عليه. وما وصل محفوظ. اطلبوا من الشريك وثيقة بما اتفق عليه تحمل الأوراق ابتداء من { $n }.
    [few] لدى هذه العقدة { $n } أوراق من ذلك السجل، وهي أقل مما اتفق عليه. وما وصل محفوظ. اطلبوا من الشريك وثيقة بما اتفق عليه تحمل الأوراق ابتداء من { $n }.
    [many] لدى هذه العقدة { $n } ورقة من ذلك السجل، وهي أقل مما اتفق عليه. وما وصل محفوظ. اطلبوا من الشريك وثيقة بما اتفق عليه تحمل الأوراق ابتداء من { $n }.
   *[other] لدى هذه العقدة { $n } ورقة من ذلك السجل، وهي أقل مما اتفق عليه. وما وصل محفوظ. اطلبوا من الشريك وثيقة بما اتفق عليه تحمل الأوراق ابتداء من { $n }.
}
restart-fault-key-changed = تغير مفتاح التوقيع منذ هذا الاقتراح: اسحبوه واقترحوا من جديد.
restart-fault-differs = ما اتفق عليه لا يوافق سجل هذه العقدة: لم يغير شيء. تحدثوا إلى الشريك قبل المتابعة.
restart-fault-leaves-missing = فقدت هذه العقدة جزءا من سجلها لا تأتي به الوثيقة: اقترحوا من جديد وخذوا الرد الجديد.
restart-fault-no-sealing-key = لا يأتي الاقتراح بمفتاح صالح لختم الرد: على الشريك أن يقترح من جديد.
restart-fault-unopened = ما تأتي به الوثيقة مختوم بمفتاح لم يعد لدى هذه العقدة: اقترحوا من جديد، أو، إن كان مما اتفق عليه من قبل، اعرضوا على الشريك بطاقة هذه العقدة الحالية واطلبوا الوثيقة مرة أخرى.
restart-fault-same-key = سيبدأ السجل بالمفتاح السابق: اصنعوا مفتاحا جديدا أولا.
restart-fault-new-key = لهذه العقدة مفتاح جديد لا يتبع مفتاح السجل: اقترحوا أن يبدأ السجل من جديد. وينتظر الرابط إلى ذلك الحين.
restart-fault-not-proposed = لم يقترح شيء على هذا الشريك.
restart-fault-proposed = اقترح أن يبدأ سجل هذه العقدة من جديد: ينتظر الرابط رد الشريك.
restart-fault-too-often = بدأ هذا السجل من جديد مرات كثيرة.
restart-fault-other-proposal = ليس هذا جوابا عن أحدث اقتراح لهذه العقدة. اقترحوا من جديد وخذوا الجواب الذي يعطيه الشريك عنه: ما اتفق عليه مرة يبقى قائما.
input-fault-card-name = لا تسمي البطاقة أي عقدة.
compromise-fault-damaged = ليس هذا إعلانا كاملا عن مفتاح مخترق: اطلبوا الوثيقة من الشريك مرة أخرى.
compromise-fault-most = لا يمكن إعلان اختراق مفاتيح أخرى للعقدة نفسها.
compromise-fault-newest = هذا أحدث مفتاح، وهو الذي ينبغي أن يوقع الإعلان: غيروا المفتاح أولا (entente key rotate).
compromise-fault-other-node = ليس هذا الإعلان صادرا عن هذا الشريك بشأن مفتاح من مفاتيحه.
compromise-fault-signature = توقيع هذا الإعلان غير صحيح. لا تستعملوه، وكلموا الشريك.
compromise-fault-signer = لم يوقع هذا الإعلان أي مفتاح أحدث معروف لهذا الشريك: ثبتوا بطاقته الجديدة أولا (entente link add).
compromise-fault-time = اذكروا وقتا مضى.
compromise-fault-unknown-key = لا يعرف لهذه العقدة مفتاح بهذه البصمة.
input-fault-fingerprint-differs = البصمتان مختلفتان: لا تثبتوا هذه البطاقة. قارنوا من جديد عبر قناة أخرى.
input-fault-fingerprint-form = البصمة ثماني مجموعات من أربعة أرقام ست عشرية.
input-fault-key-file = ليست هذه وثيقة مفاتيح لعقدة Entente.
input-fault-missing-header = سمى الشريك قيدا دون أن يرسل ترويسته: السبب برنامجه.
input-fault-node-open = هذه العقدة مفتوحة.
input-fault-no-reason = اذكروا السبب للمفتش.
input-fault-officer-id = معرف الضابط من 1 إلى 64 من a-z و0-9 و'.' و'-'.
input-fault-officer-services = ينتمي الضابط إلى مصلحة واحدة على الأقل، وإلى مصالح هذه العقدة فقط.
input-fault-officer-taken = هذا المعرف مستعمل.
input-fault-other-card = ثبت شريك بهذا الاسم ببطاقة أخرى، وتغييرات المفتاح في هذه البطاقة لا تؤدي إليها من المفتاح الذي نعرفه. ولا يمكن استبدال مفتاح ضاع تحت الاسم نفسه.
input-fault-other-store = هذا التخزين لعقدة أخرى أو لمفاتيح أخرى.
input-fault-own-card = هذه بطاقة هذه العقدة نفسها: ثبتوا بطاقة الشريك.
input-fault-own-only = يفتح الملف مع شريك: لا يمكن أن يكون لعقدتنا فقط.
input-fault-held = المحو معلق، أو عرض القيد في ملف لا يزال مستمرا: يرفع التعليق أولا.
people-fault-code-wrong = هذا الرمز غير صحيح أو سبق استعماله: انتظروا الرمز الموالي.
people-fault-factor-none = ليس لهذا الحساب عامل تحقق ثان.
people-fault-factor-required = تطلب هذه العقدة من الجميع عامل تحقق ثانيا: غيروا التطبيق عوض إزالته.
people-fault-offer-over = لم يعد هذا المفتاح السري معروضا: ابدؤوا من جديد.
people-fault-password-wrong = ليست هذه كلمة سركم الحالية.
people-fault-administrator = يعطى دور مدير النظام ويسحب على الآلة نفسها، بسطر الأوامر: entente officer change.
people-fault-no-reset = لا توجد إعادة تعيين تنتظر التأكيد: لم تطلب، أو طلبت منذ أكثر من 72 ساعة.
people-fault-not-invited = يمكن لهذا الضابط الدخول من قبل: ما ضاع يعيده مديران اثنان.
people-fault-oneself = لا أحد يغير أدواره أو مصالحه أو دخوله بنفسه.
people-fault-second = التأكيد لمدير آخر.
people-fault-stand-in-contents = لا أحد ينوب عمن يدير العقدة أو يفتش، ولا ينوب بهذه الصفة.
people-fault-stand-in-magistrate = لا ينوب عن القاضي إلا قاض.
people-fault-stand-in-most = لا يمكن تعيين مزيد من الزملاء لشخص واحد: أنهوا نيابة أولا.
people-fault-stand-in-period = اليوم الأول هو اليوم أو بعده، والأخير لا يسبقه، والأقصى ثلاثة أشهر.
people-fault-stand-in-walled = يعمل الاثنان على جانبي جدار بين الغايات: لا يجمع شخص واحد بينهما ولو بالتناوب.
people-fault-no-passkeys = ليست لهذه العقدة مفاتيح مرور: لم يضبط عنوانها العمومي.
people-fault-passkeys-most = لا مزيد من مفاتيح المرور: أزيلوا واحدا أولا.
people-fault-passkey-wrong = مفتاح المرور هذا غير صحيح، أو جاء الجواب متأخرا: ابدؤوا من جديد.
people-fault-no-provider = ليس لهذه العقدة مزود OpenID.
people-fault-proof-needed = ليست لديكم كلمة سر هنا: أكدوا أولا حضوركم، بمفتاح مرور أو بتسجيل الدخول من جديد لدى المزود.
people-fault-provider-denied = لم يسجل المزود دخول أحد. حاولوا مجددا، أو سجلوا الدخول بطريقة أخرى.
people-fault-provider-last = لن يفتح هذا الحساب شيء آخر: تختار كلمة سر أو يضاف مفتاح مرور أولا؛ وإلا أعاد تعيينه مديران.
people-fault-provider-silent = المزود لا يجيب الآن. حاولوا بعد لحظة، أو سجلوا الدخول بطريقة أخرى.
people-fault-provider-taken = هذا الحساب لدى المزود مستعمل هنا من قبل، أو سبق أن ربطتم حسابا.
people-fault-provider-unknown = هذا الحساب لدى المزود لا يفتح أي حساب هنا. اربطوه في «حسابي»، أو اطلبوا دعوة من مدير.
people-fault-provider-weak = لم يطلب منكم المزود ما تشترطه هذه العقدة، كعامل ثان.
people-fault-provider-wrong = ما عاد من المزود غير صحيح، أو جاء متأخرا: ابدؤوا من جديد.
card-fault-damaged = ليست بطاقة كاملة: بترت أو غيرت أو هي شيء آخر. اطلبوها من جديد.
card-fault-history = تغييرات المفتاح التي تذكرها لا تؤدي إلى مفتاحها.
card-fault-signature = لم توقع بالمفتاح الذي تذكره.
card-fault-version = صيغتها لا تعرفها هذه العقدة.
input-fault-key-changes = { $n ->
    [one] غيرت هذه العقدة مفتاح توقيعها مرة واحدة: لا يحمل الإثبات تغييرات أكثر.
    [two] غيرت هذه العقدة مفتاح توقيعها مرتين: لا يحمل الإثبات تغييرات أكثر.
    [few] غيرت هذه العقدة مفتاح توقيعها { $n } مرات: لا يحمل الإثبات تغييرات أكثر.
   *[other] غيرت هذه العقدة مفتاح توقيعها { $n } مرة: لا يحمل الإثبات تغييرات أكثر.
}
input-fault-password-guessable = كلمة السر هذه من أول ما يخمن: عرفت من تسريبات، أو ركبت من كلمات هذه العقدة، أو من علامات قليلة متكررة. خير منها بضع كلمات لا صلة بينها.
input-fault-tls-changes = { $n ->
    [one] غيرت هذه العقدة مفتاح TLS مرة واحدة: لا تحمل بطاقتها تغييرات أكثر.
    [two] غيرت هذه العقدة مفتاح TLS مرتين: لا تحمل بطاقتها تغييرات أكثر.
    [few] غيرت هذه العقدة مفتاح TLS { $n } مرات: لا تحمل بطاقتها تغييرات أكثر.
    [many] غيرت هذه العقدة مفتاح TLS { $n } مرة: لا تحمل بطاقتها تغييرات أكثر.
   *[other] غيرت هذه العقدة مفتاح TLS { $n } مرة: لا تحمل بطاقتها تغييرات أكثر.
}
input-fault-tls-changing = تغيير مفتاح TLS جار بالفعل: لم يؤكد جميع الشركاء المفتاح الأخير (entente key list). إذا احتمل أن يعرفه آخرون فغيروه فورا: entente key rotate --tls --now.
input-fault-tls-partners = برنامج أحد الشركاء لا يتبع تغيير مفتاح TLS، وسيرفض المفتاح الجديد.
input-fault-password = { $n ->
    [one] في كلمة السر حرف واحد على الأقل.
    [two] في كلمة السر حرفان على الأقل.
    [few] في كلمة السر { $n } أحرف على الأقل.
    [many] في كلمة السر { $n } حرفا على الأقل.
   *[other] في كلمة السر { $n } حرف على الأقل.
}
input-fault-reason = { $n ->
    [one] اذكروا السبب في حرف واحد.
    [two] اذكروا السبب في حرفين على الأكثر.
    [few] اذكروا السبب في { $n } أحرف على الأكثر.
    [many] اذكروا السبب في { $n } حرفا على الأكثر.
   *[other] اذكروا السبب في { $n } حرف على الأكثر.
}

## Tour
tour-intro = أنتم في العقدة { $x }. ست خطوات: طلب، وصول، قطع، تجاوز أجل، جواب، تزوير.
tour-guest = لا حاجة إلى تسجيل الدخول: تتم الخطوات باسم ضابط الاتصال، وهو شخص خيالي.
tour-guest-other = اختيار شخص آخر
tour-here = طرفنا
tour-1 = الطلب
tour-1-how = طلب مستعجل وخيالي يذهب إلى الشريك. أجله ثماني ساعات يقرؤها الطرفان بالطريقة نفسها.
tour-ask = إرسال الطلب
tour-2 = رؤية وصوله
tour-2-how = في الطرف الآخر يظهر تحت «ما علينا». وهنا تبين إثباتات التبليغ الوصل.
tour-3 = قطع الرابط
tour-3-how = يستمر كل شيء في العمل لدى كل طرف. ما كتب ينتظر وعدده ظاهر.
tour-cut = قطع الرابط
tour-mend = إعادة الرابط
tour-4 = مرور ثماني ساعات
tour-4-how = تتقدم ساعة العقدتين. يصبح الطلب متأخرا لدى الطرفين دون أن يكتب أحد شيئا.
tour-jump = التقدم ثماني ساعات
tour-5 = الجواب والإفادة
tour-5-how = أعيدوا الرابط؛ ثم أجيبوا حيث ورد الطلب. يفتح الجواب إفادة واجبة لصاحب الطلب: قد تكفي نقرة.
tour-6 = تزوير إثبات
tour-6-how = يغير بت واحد في نسخة من إثبات آخر قيد متبادل. انظروا من يكتشفه؛ ويبقى القيد نفسه سليما.
tour-tamper = تزوير نسخة
tour-caught = اكتشف.
tour-not-caught = لم يكتشف.
tour-tampered = غير بت واحد في نسخة من إثبات القيد { $x }
tour-tampered-at = البايت { $x } من { $y }
demo-fault-clock-file = تعذرت كتابة الوثيقة التي تقرأ منها العقدتان الساعة: السبب في يومية العقدة.
demo-fault-far-ahead = تقدمت الساعة بما يكفي: أعيدوا تشغيل العرض للمزيد.
demo-fault-jump = لا تتقدم الساعة إلا إلى الأمام، وبسنة على الأكثر.
demo-fault-no-liaison = ليس لهذه العقدة ضابط اتصال ليصدر إثباتا.
demo-fault-nothing-yet = لم يتبادل ويتسلم شيء بعد: اطلبوا شيئا أولا.
demo-fault-unverified = حتى الإثبات غير المعدل لا يصح: { $x }.
cli-signed-other = وقعته عقدة ذات بصمة أخرى
cli-cosigned-other = شاركت في توقيعه عقدة ذات بصمة أخرى
cli-compromised = وقعه مفتاح أعلن أنه مخترق، ولم تشارك العقدة الأخرى في توقيعه إلا بعد { $x } الذي لا يثبت ذلك المفتاح شيئا ابتداء منه. اطلبوا إثباتا جديدا بالمفاتيح الحالية (`entente proof --newest`)
cli-cosigner-compromised = شارك في توقيعه مفتاح أعلن أنه مخترق منذ { $x }: من يملكه يختار الوقت في توقيعاته المشاركة. اطلبوا إثباتا جديدا بالمفاتيح الحالية (`entente proof --newest`)
cli-unvouched = بين المفتاح الذي وقعه وسائر المفاتيح مفتاح أعلن أنه مخترق: اذكروا البصمة التي تعرفونها للعقدة التي كتبته (--signed-by)
cli-unvouched-cosigner = بين المفتاح الذي شارك في توقيعه وسائر المفاتيح مفتاح أعلن أنه مخترق: اذكروا البصمة التي تعرفونها للعقدة التي شاركت في توقيعه (--cosigned-by)
cli-verify-alone = لم يسأل عما تعرفه عقدة هذا الجهاز من مفاتيح مخترقة: { $x }
cli-compromise = { "  " }أعلن أن المفتاح { $x } مخترق: لا يثبت شيئا ابتداء من { $y }
cli-compromise-by = { "  " }أعلنه { $x } في { $y }
cli-compromise-next = الإعلان في { $x }. احملوه إلى كل شريك بأي طريق، مع البطاقة الجديدة: وهناك `entente link compromised`.
cli-compromise-need = اذكروا وثيقة الشريك بـ --declaration أو الوقت بـ --at.
cli-compromise-damaged = { $x } ليس إعلانا كاملا عن مفتاح مخترق
proof-armour = لا يمكن قراءة الغلاف النصي
proof-body = المضمون ليس هو الذي تلتزم به الترويسة
proof-card = إحدى البطاقتين غير صحيحة
proof-declaration = إعلان عن مفتاح مخترق يحمله غير صحيح
proof-bytes = بايتاته ليست على صيغة إثبات
proof-checkpoint = حالة السجل الموقعة غير صحيحة
proof-cosignature = التوقيع المشترك للشريك غير صحيح
proof-header-version = ترويسة بإصدار غير معروف هنا: تتعذر مقارنة المضمون
proof-generations = أجيال السجل لا يتبع بعضها بعضا
proof-history = تاريخ المفاتيح منقطع
proof-inclusion = القيد ليس في السجل في الموضع المذكور
proof-key-change = تغيير للمفاتيح غير صحيح
proof-parties = السجل ليس بين عقدتي البطاقتين
proof-too-large = جزء أكبر من المسموح به
proof-version = إثبات بإصدار غير معروف هنا
tour-sample-title = كراء مركبة نفعية
tour-sample-question = لمن كانت هذه المركبة الخيالية مكراة من 3 إلى 9 مارس؟
tour-sample-facts = ظهرت المركبة في ثلاثة أماكن لإيداع أدوات مسروقة. مثال مختلق.
tour-sample-link = المركبة مسجلة لديكم.

## سطر الأوامر
cli-mend = يرجى التصحيح: { $x }
cli-hidden = (غير متاح لكم)
cli-period = من { $x } إلى { $y }
cli-explained = { $x }: { $y }
cli-no-officer = لا يوجد هنا ضابط باسم { $x }: الأمر `entente officer list` يعرضهم
cli-officers-none = ليس لهذه العقدة ضابط بعد: الأمر `entente officer add` يضيف واحدا
cli-who-acts = حددوا من يتصرف: --as OFFICER (الأمر `entente officer list` يعرضهم)
cli-no-partner = لا يوجد شريك باسم { $x }: الأمر `entente link list` يعرضهم
cli-partners-none = لا شريك بعد: الأمر `entente link add` يضيف واحدا
cli-name-partner = اذكروا الشريك: --partner NODE
cli-dossier = ملف
cli-obligation = التزام
cli-entry = القيد
cli-none-seen = { $x } { $y }: لا شيء من هذا يمكنكم الاطلاع عليه
cli-several = { $x } { $y }: يناسب أكثر من واحد، أعطوا المعرف كاملا
cli-bad-card = { $x } ليس بطاقة صالحة: { $y }
cli-address = يكتب العنوان على شكل host:port
cli-type-fingerprint = اكتبوا البصمة التي قرأها عليكم أهل { $x }:
cli-need-fingerprint = تلزم البصمة التي قرأها الشريك: --fingerprint "abcd ..."
cli-fingerprint-form = البصمة ثماني مجموعات من أربعة أرقام ست عشرية
cli-fingerprints-differ = البصمتان مختلفتان: ليست هذه بطاقة من تحدثتم معهم. لم يثبت شيء؛ اطلبوا البطاقة من جديد عبر طريق آمن
cli-pinned = ثبت الشريك { $x }. الخطوة التالية: `entente charter propose --partner { $x }`.
cli-link-cut = قطع الرابط مع { $x }: لا اتصال بعد الآن في أي عملية من عمليات هذه العقدة. العمل المحلي والآجال مستمرة، والبريد المحمول ما زال ممكنا.
cli-link-mended = وصل الرابط مع { $x } من جديد: ما كان ينتظر ينطلق.
cli-link-resumed = رفع الإنذار: يستأنف الرابط مع { $x }. ويحفظ السبب مع الأدلة.
cli-not-text = { $x } ليس نصا
cli-unreadable = تعذرت قراءة { $x }: { $y }
cli-too-large = { $x } يتجاوز { $y } بايت المسموح بها
cli-waits-dialled = ينتظر أن يتصل به
cli-open = { $n ->
    [zero] لا شيء مفتوح
    [one] { $n } مفتوح
    [two] { $n } مفتوحان
   *[other] { $n } مفتوحة
    }
cli-no-type = لا نوع قيد باسم { $x }؛ الأنواع: { $y }
cli-see-help = الأمر `{ $x } --help` يعرض ما يمكن قوله
cli-field-form = يكتب الحقل على شكل name=value
cli-no-field = ليس في { $x } حقل باسم { $y }
cli-where = حددوا الوجهة: --dossier NUMBER، أو --on NUMBER لالتزام
cli-recorded = سجل: { $x } { $y }
cli-waits = ينتظر التوقيع الثاني: { $x } { $y }
cli-draft-left = أرسل: { $x }
cli-draft-done = تم.
cli-draft = مسودة
cli-cut = الرابط مع { $x } مقطوع عمدا: ما كتبتموه ينتظر هنا حتى يوصل من جديد (entente link mend)
cli-stopped = أوقف إنذار الرابط مع { $x }: يحفظ ما كتبتموه هنا ولا يرسل حتى يعاد تشغيل الرابط (entente link resume)
cli-opened = ملفه: { $x }
cli-not-signed = لم يوقع بعد: { $x }؛ تدخل البنود حيز التنفيذ متى وقع الطرفان
cli-no-desk = لا مكتب دائم مع هذا الشريك بعد: يفتحه `entente write desk.open`
cli-holds-node = يوجد في { $x } عقدة من قبل: لم يتغير شيء
cli-ask-node = اسم العقدة (a-z, 0-9, '-'):
cli-name-node = سموا العقدة: --node NAME، من 1 إلى 32 من a-z و0-9 و'-'
cli-name-long = اسم العقدة أطول من أن تسمى به مصلحة
cli-own-service = مصلحة الضابط الأول من هذه العقدة: { $x }/...
cli-made = العقدة { $x } في { $y }.
cli-made-fingerprint = بصمتها: { $x }
cli-made-next = الخطوات التالية: `entente card > card.txt` لشريككم، و`entente link add` لبطاقته، ثم `entente serve`. احفظوا node.keys ونسخته بعيدا عن الباقي: بدونه لا يقرأ شيء.
cli-need-password = تلزم كلمة سر لـ { $x }: سطر لكل واحدة على الإدخال
cli-short-password = كلمة سر { $x } تلزمها 12 حرفا على الأقل
cli-no-terminal = لا طرفية لطلب كلمة السر: استعملوا --password-stdin
cli-ask-password = كلمة السر لـ { $x } (12 حرفا أو أكثر):
cli-once-more = مرة أخرى:
cli-passwords-differ = كلمتا السر مختلفتان: لم يتغير شيء
cli-charter-proposed = اقترح؛ يوقع الطرفان ثم يدخله الطرف الداعي حيز التنفيذ
cli-charter-signed = وقع
cli-charter-enacted = دخل حيز التنفيذ
cli-charter-sure = هذا يلزم دولتنا. اقرؤوا ما عرض أعلاه ثم أكدوا بـ --yes.
cli-charter-lapsed = { $x }: { $y }
cli-nothing-proposed = لم يقترح شيء بعد
cli-no-proposal = لا اقتراح ينتظر ذلك من هذه العقدة
cli-proposals = عدة اقتراحات: اختاروا واحدا بواسطة --proposal
cli-charter-done = الميثاق: { $x }. القيد { $y }
cli-charter-terms = السارية: الصيغة { $x }، دعا إليها { $y }
cli-charter-by = من { $x }، وقعها { $y }
cli-terms-file = تعذرت قراءة البنود: { $x }
cli-erase-sure = ما يمحى لا يسترجع: أكدوا بـ --yes.
cli-binds-sure = هذا يلزم دولتنا: الأمر `entente charter show` يعرض البنود. أكدوا بـ --yes.
cli-statement = [{ $x }] من { $y }
cli-proposed = مقترح، يؤكده شخص:
cli-because = لأن: { $x }
cli-need-title = يلزم عنوان: --title
cli-imported = استورد بوصفه الملف { $x }. الالتزامات المقترحة تنتظر التأكيد في صفحته.
cli-imported-count = الملفات المستوردة: { $x }
cli-officer-changed = تم تغيير الضابط { $x }.
cli-officer-in = يمكن للضابط { $x } الدخول من جديد.
cli-officer-unbound = لم يعد { $x } مرتبطا بأي حساب لدى المزود.
cli-absence-set = { $x } ينوب عن { $y } في هذه الأيام.
cli-absence-ended = لم يعد أحد ينوب عن { $x }.
cli-absence-none = لا أحد ينوب عن أحد.
cli-officer-out = لم يعد بإمكان الضابط { $x } الدخول.
cli-officer-invited = سلموا إلى { $x } هذا الرابط مسبوقا بعنوان العقدة؛ يصلح 72 ساعة ولمرة واحدة: { $y }
cli-officer-added = أضيف الضابط { $x }.
cli-policy-may = يسمح للضابط { $x } بما يلي: { $y }.
cli-policy-may-not = لا يسمح للضابط { $x } بما يلي: { $y }.
cli-policy-who = الأدوار: { $x }. المصالح: { $y }.
cli-policy-through = يشارك في الملف عبر { $x }.
cli-policy-floor = بحكم الأساس الذي لا تخففه أي سياسة: { $x }.
cli-policy-condition = لكن بشروط صاحب القيد: { $x }.
cli-policy-none = لا تسمح به أي سياسة، وما لا يسمح به فهو مرفوض.
cli-policy-permits = تسمح به السياسة { $x }: { $y }
cli-policy-forbids = تمنعه السياسة { $x }: { $y }
cli-policy-open-to = في المصالح نفسها يكون هذا متاحا لمن دوره: { $x }.
cli-policy-open-to-nobody = في المصالح نفسها لا يكون هذا متاحا لأحد.
cli-policy-about = اذكروا موضوع السؤال: معرف ملف أو قيد، أو نوع لملف لم يفتح بعد
cli-policy-about-node = هذا يخص العقدة ولا يخص أي ملف
cli-policy-sound = السياسات: { $x }، وكلها سليمة.
cli-policy-lacks = للنظر: لا سياسة تسمح لأحد بهذا العمل الذي جاء مع برنامج أحدث: { $x }. السياسة الافتراضية { $y } تسمح به. خذوها من entente policy defaults، إلا إذا كان المراد ألا يقوم به أحد.
cli-policy-retired = للنظر: لم تعد السياسة { $x } من السياسات الافتراضية، لأن البرنامج يحفظ شروطها بنفسه. وما دامت هنا فهي تمنع أيضا ما سمح به صاحب القيد: أزيلوها.
cli-policy-written = كتبت السياسات الافتراضية في { $x }. عدلوها وتحققوا منها بالأمر entente policy check ثم ضعوا المجلد في مجلد البيانات باسم policies.
cli-fingerprint = بصمة { $x }: { $y }
cli-fingerprint-why = اقرؤوها على شريككم عبر قناة أخرى: لا ترسلوها أبدا مع البطاقة.
cli-proves-nothing = هذا لا يثبت شيئا: { $x }
cli-valid = صحيح. القيد { $x }
cli-written-by = { "  " }كتبه { $x } (البصمة { $y })
cli-held-by = { "  " }يحتفظ به { $x } (البصمة { $y })
cli-held-since = { "  " }منذ { $x }
cli-place = { "  " }المرتبة { $x } من { $y } في السجل
cli-body-matches = { "  " }المضمون مطابق
cli-body-absent = { "  " }المضمون غائب
cli-generation = بدأ الجيل { $x } من السجل بعد اتفاق العقدتين على ما قبله من الأسطر، وعددها { $y }.
cli-key-changes = { "  " }تغييرات المفاتيح: { $x }
cli-compare = قارنوا البصمتين بما تثقون به: لا تستطيع الوثيقة أن تضمنهما بنفسها.
cli-exists = { $x } موجود: سموا مجلدا جديدا
cli-backed-up = نسخ احتياطيا في { $x }؛ المرفقات: { $y }.
cli-keep-apart = احفظوا { $x } بعيدا عن الباقي وأتلفوا نسخه خلال 30 يوما.
cli-files-carried = مرفقات نقلت وأعيدت قراءتها: { $x }؛ وكانت موجودة من قبل: { $y }.
cli-files-damaged = مرفقات تركت لأنها تالفة: { $x }. وما كان منها من شريك يطلب منه ثانية عند القراءة.
cli-no-folder = { $x } ليس مجلدا: لم يتغير شيء
doctor-bucket = حاوية المرفقات تكتب وتسرد وتعيد القراءة وتحذف
doctor-versions = حاوية المرفقات لا تحتفظ بما يحذف
doctor-versions-never = لم يحتفظ قط بأي إصدار سابق
doctor-versions-once = احتفظ بإصدارات سابقة في وقت مضى: أتلفوا ما بقي منها
doctor-versions-kept = يحتفظ بالإصدارات السابقة
doctor-versions-untold = الخادم لا يفصح عن ذلك: اسألوا مزودكم
doctor-provider-off = الدخول عن طريقه متوقف: { $x }
doctor-provider = مزود OpenID يصف نفسه ويعرض مفاتيحه
cli-never-restored = لم تسترجع هذه العقدة قط من نسخة احتياطية.
cli-restored = استرجعت في { $x }؛ تصل يومية النسخة الاحتياطية إلى { $y }.
cli-gave-back = أعاد { $x } من سجلنا تقييدات عددها: { $y }.
cli-closed = مغلقة: لا يعرض شيء ولا يكتب شيء قبل سماع كل شريك (أو: entente recover --alone --reason "…").
cli-opened-alone = فتحت دون انتظار الشركاء في { $x }.
cli-reopened = أعيد فتحها في { $x }: سمع كل شريك.
cli-missing = { $x } مفقود: في النسخة مجلدا data وkeys
cli-not-empty = { $x } ليس فارغا: لم يتغير شيء
cli-file-exists = { $x } موجود: سموا وثيقة جديدة
cli-unwritable = تعذرت كتابة { $x }: { $y }
cli-packing = الإعداد
cli-unpacking = الفتح
cli-bundle-for = ظرف إلى { $x }: { $y }.
cli-bundle-from = ظرف من { $x }: { $y }.
cli-bundle-carry = احملوه إلى هناك. ولا يعلم وصوله إلا بظرف يعود.
cli-bundle-return = أرسلوا ظرفا في المقابل: فبه وحده يعلم الشريك أن هذا وصل.
cli-sealing-key = أعد { $x }، إلى { $y }
cli-key-destroyed = متلف
cli-key-current = يختم الشركاء له
cli-key-opens = ما زال يفتح
cli-key-rotated = لهذه العقدة مفتاح توقيع جديد. البصمة للشركاء الجدد: { $x }
cli-key-rotated-next = يتبعه الشركاء من تلقاء أنفسهم: لا حاجة إلى مقارنة البصمات من جديد. خذوا نسخة احتياطية الآن، فالنسخ السابقة لا تحوي هذا المفتاح: `entente backup`.
cli-restart-proposed = الاقتراح في { $x }. احملوه إلى منسق { $y } بأي طريق، واقرؤوا البصمة بصوت مسموع عبر طريق آخر. لا يرسل شيء قبل أن يؤخذ الرد هنا.
cli-restart-accepted = بدأ سجل { $x } هنا من جديد. أعيدوا الرد الموجود في { $y } إلى منسقه: يستأنف الرابط حين يؤخذ هناك.
cli-restart-part = حفظ ما جاء به هذا الجزء من رد { $x }، وبقي منه غيره. احملوا { $y } إلى منسقه ليقبله كما يقبل الاقتراح، ثم خذوا الجزء التالي هنا.
cli-restart-concluded = { $n ->
    [zero] بدأ سجل هذه العقدة من جديد، ولم يرجع أي قيد. يستأنف الرابط.
    [one] بدأ سجل هذه العقدة من جديد، ورجع قيد واحد لم يكن هنا. يستأنف الرابط.
    [two] بدأ سجل هذه العقدة من جديد، ورجع قيدان لم يكونا هنا. يستأنف الرابط.
    [few] بدأ سجل هذه العقدة من جديد، ورجعت { $n } قيود لم تكن هنا. يستأنف الرابط.
    [many] بدأ سجل هذه العقدة من جديد، ورجع { $n } قيدا لم يكن هنا. يستأنف الرابط.
   *[other] بدأ سجل هذه العقدة من جديد، ورجع { $n } قيد لم يكن هنا. يستأنف الرابط.
    }
cli-restart-none = لم يبدأ أي سجل في هذا الرابط من جديد، ولم يقترح شيء.
cli-restart-waits = ينتظر الرابط رد { $x }.
cli-restart-withdrawn = سحب الاقتراح المقدم إلى { $x }: يستمر الرابط كما كان. وإن كان الشريك قد قبله فخذوا رده مع ذلك.
cli-restart-agreed = ما اتفق عليه في { $x }. احملوه إلى منسق { $y }: وهناك `entente register restart accept`.
cli-restart-again = ما اتفقت عليه هذه العقدة مع { $x } قائم من جديد: يستأنف الرابط.
cli-restart-need-out = سموا وثيقة للرد باستعمال --out.
cli-restart-no-coordinator = ليس بين ضباط هذه العقدة منسق: أضيفوا واحدا، فالمنسقون وحدهم يتفقون على هذا.
restart-register = سجل { $x } تجاه { $y }
restart-generation = ينتهي الجيل { $x } ويبدأ الجيل { $y }
restart-ground-fork = السبب: وقع تاريخان لهذا السجل
restart-ground-key-lost = السبب: ضاع المفتاح الذي كان يوقعه
restart-ground-key-compromised = السبب: ربما عرف آخرون المفتاح الذي كان يوقعه
restart-proposed-at = اقترح { $x } حين كان عدد أسطره { $y }
restart-fingerprint = يبدأ بالمفتاح الذي له هذه البصمة، وتقارن مشافهة: { $x }
restart-agreed = متفق عليه إلى غاية السطر { $x }، { $y }
restart-root = الجذر عند ذلك: { $x }
cli-key-begun = تبدأ هذه العقدة بمفتاح توقيع آخر. البصمة التي تقرأ على كل شريك: { $x }
cli-key-begun-next = لا شيء يقود إليه من المفتاح السابق: اقترحوا على كل شريك أن يبدأ سجل هذه العقدة من جديد، `entente register restart propose`. خذوا نسخة احتياطية الآن: `entente backup`.
cli-key-first = مفتاح التوقيع هو الأول لهذه العقدة ولم يغير قط.
cli-key-line = غير { $x }، ووقعه المفتاحان: { $y }
cli-key-waits = لم يؤكد { $x } آخر تغيير بعد
cli-key-knows = أكد { $x } آخر تغيير
cli-key-partner-changed = غير { $x } مفتاح توقيعه في { $y }، ووقعه المفتاحان
cli-tls-rotated = لهذه العقدة مفتاح TLS جديد. يستعمل متى أكده كل شريك، وفي أقصى تقدير في { $x }. البصمة منذئذ: { $y }
cli-tls-rotated-now = لهذه العقدة مفتاح TLS جديد يستعمل من الآن، ولا يقبل الشركاء الذين يتبعون التغيير المفتاح القديم بعد ذلك. البصمة: { $x }
cli-tls-rotated-next = يتبعه الشركاء من تلقاء أنفسهم: لا حاجة إلى مقارنة البصمات من جديد. خذوا نسخة احتياطية الآن، فالنسخ السابقة لا تحوي هذا المفتاح: `entente backup`. ويبين `entente key list` من أكده.
cli-tls-unable = برنامج { $x } لا يتبع تغيير مفتاح TLS، وسيرفض المفتاح الجديد. ليحدث أولا. إذا احتمل أن يعرف آخرون المفتاح القديم فغيروه فورا بالخيار --now: يبقى هذا الرابط عندئذ مغلقا إلى أن يحدث الشريك برنامجه.
cli-tls-line = غير مفتاح TLS { $x }، ووقعه المفتاحان ومفتاح التوقيع: { $y }
cli-tls-next = لم يستعمل مفتاح TLS الجديد بعد؛ البصمة عند استعماله: { $x }
cli-tls-waits = لم يؤكد { $x } مفتاح TLS الأخير بعد
cli-tls-partner-changed = غير { $x } مفتاح TLS في { $y }، ووقعه المفتاحان ومفتاح التوقيع
## Courier
courier = البريد اليدوي
courier-to = بالبريد اليدوي إلى { $x }
courier-why = حيث لا خط: ظرف مختوم يحمله الناس، فيه القيود والمرفقات والوصولات. ولا يعلم وصولها إلا بظرف يعود.
courier-not-received = { $n ->
    [zero] وصلت طلباتنا كلها في الأجل.
    [one] طلب واحد منا لم يصل في الأجل: أعدوا ظرفا.
    [two] طلبان منا لم يصلا في الأجل: أعدوا ظرفا.
    [few] { $n } طلبات منا لم تصل في الأجل: أعدوا ظرفا.
    [many] { $n } طلبا منا لم تصل في الأجل: أعدوا ظرفا.
   *[other] { $n } طلب منا لم تصل في الأجل: أعدوا ظرفا.
    }
courier-packed = آخر ظرف أعد هنا
courier-unpacked = آخر ظرف فتح هنا
courier-none = لا شيء بعد
courier-entries = { $n ->
    [zero] لا قيد
    [one] قيد واحد
    [two] قيدان
    [few] { $n } قيود
    [many] { $n } قيدا
   *[other] { $n } قيد
    }
courier-files = { $n ->
    [zero] لا مرفق
    [one] مرفق واحد
    [two] مرفقان
    [few] { $n } مرفقات
    [many] { $n } مرفقا
   *[other] { $n } مرفق
    }
courier-key = مختوم لمفتاحه
courier-key-until = صالح إلى
courier-pack = تنزيل ظرف
courier-file = ظرف وارد
courier-unpack = رفع الظرف وفتحه
courier-limit = إلى حد { $x } هنا؛ وسطر الأوامر يقبل كل حجم. وما دام الاتصال قائما فما ينتظر يصل من تلقاء نفسه.
courier-file-missing = اختاروا الظرف أولا.
fail-courier = لم يقبل هذا الظرف
blame-courier = لم يطبق شيء ولم يضع شيء.
blame-courier-part = طبق جزء منه: افتحوا الظرف نفسه من جديد، فيكمل من حيث توقف.
courier-blame-carrier = السبب: الطريق لا الشريك.
courier-blame-sender = السبب: العقدة المرسلة أو من تكلم باسمها.
courier-blame-ours = السبب: هذه العقدة.
courier-blame-nobody = لا أحد مسؤول عن ذلك.
courier-fault-not-a-bundle = ليس هذا ظرف بريد.
courier-fault-version = هذا الظرف من صيغة لا تعرفها هذه العقدة: لا بد من تحديث إحداهما.
courier-fault-cut-short = الظرف مبتور: اطلبوه كاملا من جديد.
courier-fault-altered = الظرف معدل: اطلبوه من جديد.
courier-fault-not-signed = لم توقعه العقدة التي يسميها: لا تثقوا بمن جاء به.
courier-fault-former-key = استبدل مرسله المفتاح الذي وقعه: اطلبوا ظرفا جديدا. لم يضع شيء، والتالي يحمل كل شيء.
courier-fault-for-another = هو للعقدة { $x }: احملوه إليها.
courier-fault-from-another = مصدره العقدة { $x }: افتحوه في صفحة ذلك الشريك.
courier-fault-own = أعد هذا الظرف هنا: احملوه إلى الشريك.
courier-fault-stranger = مرسله ليس شريكا لهذه العقدة.
courier-fault-key-destroyed = طال طريقه فأتلف مفتاحه. اطلبوا ظرفا جديدا.
courier-fault-key-unknown = مختوم لمفتاح ليس لدى هذه العقدة. أرسلوا بطاقتنا الحالية إلى الشريك واطلبوا ظرفا جديدا.
courier-fault-gap = ينقص ظرف قبله: يبدأ هذا من { $x } ولدينا { $y }. افتحوا السابق أو أرسلوا ظرفا.
courier-fault-contradiction = سجلات الشريك متناقضة. حفظ الدليل: كلموا منسقه.
courier-fault-own-behind = لدى الشريك من سجلنا أكثر مما لدينا: لا بد من استرجاع هذه العقدة أولا.
courier-fault-over-quota = استنفدت حصة الشريك لهذا اليوم: افتحوا الظرف نفسه غدا.
courier-fault-no-key = ليس في بطاقة { $x } مفتاح للختم: اطلبوا بطاقته الحالية وثبتوها.
courier-fault-key-past = انتهى أجل مفتاح { $x }: اطلبوا بطاقته الحالية وثبتوها؛ وتبقى البصمة كما هي.
courier-fault-program = السبب: البرنامج الذي أعده.
courier-fault-ours = لم تستطع هذه العقدة قراءة الظرف أو إعداده.

condition-title = شرط وضعه صاحب القيد (H3)
condition-no-text = لم يذكر صاحبه نصا: اطلبوه منه.
condition-waits = المضمون ينتظر أن تؤكدوا قراءة شرط صاحبه.
condition-confirm = قرأت هذا الشرط وسألتزم به
condition-commits = من يؤكد يلتزم باسم مصلحته:
condition-own-words = بكلمات صاحبه:
condition-read = أكدتم قراءته
condition-until = لا استعمال بعد
condition-ended = انقضى الأجل الذي حدده صاحبه: لم يعد المضمون يعرض.
condition-added = شددت الشروط لاحقا:
condition-bars = شروط صاحبه تمنع دون إذنه:
permission-ask = طلب إذنه
permission-asked = طلب الإذن
permission-holds = إذن صاحب القيد
permission-over = إذن منتهي الأجل
permission-until = إلى غاية
permission-proceedings = المسطرة:
permission-whom = لفائدة:
print-barred = لا يطبع هذا المضمون: شروط صاحبه تمنع ذلك دون إذنه.
print-waits = لا يطبع هذا المضمون قبل أن تؤكدوا قراءة شرط صاحبه.
print-under = بشروط صاحبه:
entry-tighten = تشديد شروط هذا القيد
proof-permitted = يصدر بموجب الإذن
file-waits = مرفق تحجبه شروط صاحبه
fail-condition = شروط صاحبه لا تسمح بذلك
blame-condition = لم يخرج شيء. يبين القيد الشرط وما يرفعه: تأكيد قراءته أو طلب الإذن.
act-wants = يطلب الإذن في:
act-permits = يأذن في:
act-tightens = يشدد شروط
act-confirms = يؤكد قراءة شرط
act-keeps = يحفظ المحتويات إلى غاية
act-holds = يعلق المحو
act-holds-until = إلى غاية
act-lifts = يرفع التعليق
act-expired = أتلف كل ما كانت عقدته تحفظه من هذا الملف قبل
given-waits = ينتظر أن تؤكدوا شرط صاحبه
## التصحيح: من توصل به وما هو الصحيح
corrected-by = صححته
corrected-old = فيما يلي النص الأصلي الذي كان خطأ ويبقى كما وقع.
evaluated-otherwise = تقييم مغاير
evaluated-both = يبقى تقييم كل طرف مقيدا: لا أحد يستبدل تقييم الآخر.
evaluated-paragraph = الفقرة { $n }:
evaluated-whole = المعلومة كلها:
evaluated-open = لم يجب بعد الطرف الذي قدم المعلومة.
evaluated-agreed = التقييم المتفق عليه:
evaluated-kept = أبقي على التقييم
corrected-since = صحح بعد ذلك
recipients = من توصل به
recipients-why = عبر الرابط أو بالبريد اليدوي، حسب الوصولات. يرسل التصحيح إلى الجميع حيث يوجد القيد لدى كل منهم، وعلى كل منهم أن يقول ما فعل به ومن كان قد أخبره.
recipients-what = ما لديه
recipients-where = في الملف
recipients-itself = القيد
recipients-release = عرضه
recipients-elsewhere = ملف لا تشاركون فيه
recipients-corrected = التصحيح
recipients-asked = أرسل
entry-rectify = التصحيح لدى الجميع
proof-corrected = صحح هذا القيد: أرفقوا بإثباته إثبات التصحيح،

## الرسالة إلى الشخص
letter = الرسالة إلى الشخص
letter-none = لم نقل للشخص شيئا بعد في هذا الملف: تنشأ الرسالة من قرار أو رفض أو تمديد.
letter-print = صفحة للطباعة؛ يكتب الاسم والعنوان على الورق.
letter-recorded = يسجل فتحها بصفته تصديرا.
letter-from = ما قيل فيها
letter-untranslated = فقراتكم ليست بلغة الشخص.
letter-ref = المرجع
letter-to = إلى:
letter-subject = الموضوع: ممارسة حقوقكم —
letter-salutation = تحية طيبة،
letter-received = توصلنا بطلبكم في { $x }.
letter-granted = وقد استجبنا له.
letter-in-part = وقد استجبنا له جزئيا.
letter-no-data = ليست لدينا أي معطيات تخصكم.
letter-desisted = ونسجل تنازلكم عنه.
letter-transferred = وهو خارج عن اختصاصنا، فأحلناه على السلطة المختصة.
letter-competent = السلطة المحال عليها:
letter-refused = ولا يمكننا الاستجابة له.
letter-ground = السبب:
letter-neither = ولا يسمح لنا القانون بتأكيد معالجة معطيات تخصكم ولا بنفيها.
letter-extended = وسنجيبكم في أجل أقصاه { $x }.
letter-reason = سبب التأخير:
letter-remedies = سبل الطعن
letter-remedy-authority = لكم أن ترفعوا شكاية دون مصاريف إلى سلطة مراقبة حماية المعطيات.
letter-remedy-indirect = لسلطة مراقبة حماية المعطيات، بطلب منكم ودون مصاريف، أن تتحقق نيابة عنكم وأن تأمر بتصحيح أو محو ما يجب.
letter-remedy-court = ولكم أن ترفعوا الأمر إلى القاضي المختص.
letter-remedy-both = وإذا تم تبادل هذه المعطيات مع دولة أخرى، فسلطة المراقبة في تلك الدولة مفتوحة أمامكم كذلك.
letter-sign = عن
balance-rights = طلبات الحقوق المجاب عنها في الأجل
barred-no-charter = لا ميثاق ساري المفعول مع هذا الشريك: لا يمكن فتح شيء.
barred-not-in-charter = الميثاق الساري لا يذكر هذا النوع من الملفات: لن يرسل منه شيء. اقترحوا تغيير بنوده.
barred-older = برنامج الشريك لا يعرف بعد هذا النوع من الملفات: لن يتوصل منه بشيء. انتظروا تحديثه.
## Oversight
fail-reason = يلزم ذكر سبب
blame-reason = الملف الذي تعالجونه هو سبب الاطلاع، وخارجه يطلب سبب.
reason-search = هذا البحث لا يخص أي ملف تعالجونه. اذكروا السبب مرة واحدة؛ ويصلح لهذه الجلسة.
reason-enter = يعالج هذا الملف آخرون ولا تعالجونه أنتم. اذكروا مرة واحدة لماذا تفتحونه؛ ويصلح السبب لهذا الملف ولهذه الجلسة.
reason-export = ما تصدرونه من هذا الملف يغادر العقدة. اذكروا السبب مرة واحدة؛ ويصلح لهذا الملف ولهذه الجلسة.
reason-text = توضيح في سطر واحد (يلزم مع «سبب آخر»)
reason-choose = سببكم
reason-recorded = يسجل السبب مع الاطلاع ويقرؤه المفتشون.
input-fault-reason-text = اختاروا سببا؛ ومع «سبب آخر» أضيفوا سطرا لا يتجاوز 200 حرف.
oversight = مراقبة الاطلاع
oversight-why = من اطلع على ماذا ومتى ولماذا، دون أي مضمون. واطلاعكم هنا يسجل أيضا ويراه المفتشون الآخرون.
oversight-records = سجلات الاطلاع
oversight-officer = الضابط أو العملية
oversight-service = المصلحة
oversight-dossier = الملف، مثل MA-12
oversight-operation = العملية المنجزة
oversight-reason = السبب
oversight-outside = خارج ملفاته فقط
oversight-outside-mark = خارج ملفاته
oversight-none = لا سجل يوافق معايير التصفية.
oversight-when = متى
oversight-who = من
oversight-unknown = دون تسجيل دخول
oversight-what = ماذا
oversight-about = الملف المعني
oversight-object = الموضوع
oversight-words = الكلمات المبحوث عنها
oversight-words-why = معروفة ببصماتها فقط، تقارن ولا تقرأ
oversight-recipients = المرسل إليهم
oversight-lane = السلسلة
oversight-newest = الأحدث
oversight-older = الأقدم
oversight-findings = جدير بالنظر
oversight-findings-why = أنماط في السجلات مع تعليلها. لا يترتب عليها شيء بذاتها: ينظر شخص ويحكم.
oversight-findings-none = لا شيء يستوقف النظر.
finding-outside = ملفات يعالجها آخرون قرئت في أسبوع: { $x }.
finding-bulk = عناصر قرئت في ساعة: { $x }.
finding-exports = عناصر صدرت في يوم: { $x }.
finding-hunting = عمليات بحث عن كلمة واحدة عبر الملفات في أسبوع: { $x }.
finding-hours = اطلاع خارج الأوقات المحددة: { $x }.
finding-with-reason = منها بسبب مذكور: { $x }.
finding-records = عرض هذه السجلات
oversight-check = سلامة السجلات
check-whole = كل السجلات سليمة.
check-broken = انقطعت سلسلة: غيرت سجلات أو فقدت.
check-journal = أسطر اليومية
check-unbroken = متصلة
check-lane-broken = منقطعة
check-witnesses = الشهود
check-witnesses-why = كل يوم يشارك كل شريك في توقيع بصمة لليومية تحجبها قيمة عشوائية: فلا يعلم منها شيئا.
check-witnesses-none = لم يتلق أي شريك شيئا بعد.
check-witness-line = حتى السطر { $x }
check-witness-since = شهد عليها الشريك في
check-witness-cosigned = شارك الشريك في توقيعها
check-witness-waits = لم يشارك في توقيعها بعد
check-witness-other = يقول هذا السطر اليوم شيئا آخر
check-lanes = السلاسل
check-lanes-why = تكتب كل عملية في سلسلتها، وفيها يقود كل سجل إلى ما يليه.
check-lanes-more = سلاسل أخرى متصلة أو أقدم: { $x }.
check-from = من
check-to = إلى
check-chain = الحالة
oversight-inspections = اطلاع المفتشين في سنة
oversight-inspections-why = من يراقب يراه نظراؤه.
oversight-looks = مرات الاطلاع
cli-access-record = { $x }: { $y }
cli-access-next = البقية: --before { $x }
cli-reason-how = أضيفوا --reason مع إحدى هذه القيم: { $x } وعند الحاجة --why.
input-fault-extract-large = سجلات أكثر مما يسعه مستخرج واحد: ضيقوا معايير التصفية.
oversight-export = تصدير موقع
cli-extract-nothing = هذا المستخرج لا يثبت شيئا: { $x }
cli-extract-signed = سجلات اطلاع { $x }، موقعة بالمفتاح { $y }
cli-extract-made = صدرت في { $x }
cli-extract-lane = سلسلة متصلة { $x }؛ السجلات المطلوبة: { $y }
cli-extract-compare = قارنوا البصمة ببصمة بطاقة العقدة، أو اذكروها مع --signed-by.
## Second signature: what waits, and what is read before it leaves
fail-signature = ينقص توقيع
blame-signature = لم يسجل شيء ولم يرسل. النص محفوظ في صفحتكم.
form-submit = عرضه على التوقيع الثاني
second-needed = التوقيع الثاني:
second-means = يرسل هذا النص بعد أن يقرأه ضابط آخر من عقدتكم كما هو ويوافق عليه. تجدونه في «اليوم».
alone = حياة في خطر أو أجل مستعجل: الإرسال فورا
alone-why = لماذا لا يتسع الوقت، في سطر واحد
alone-means = إذا ملأتم هذا السطر أرسل النص بتوقيعكم وحده. يبقى السطر في عقدتكم، وعلى ضابط آخر أن يوقع خلال 24 ساعة، ويسجل الرفض للمفتش.
preview-button = قراءته كما سيقرؤه الشريك
preview-button-here = قراءته كما سيسجل
preview-heading = كما سيقرؤه الشريك
preview-heading-here = كما سيسجل هنا
preview-nothing-sent = لم يسجل شيء ولم يرسل. أغلقوا هذه النافذة للعودة إلى النموذج.
preview-title = ما سيرسل
preview-title-here = ما سيسجل هنا
preview-readers = من يستطيع قراءته
preview-states = الدول
preview-services = المصالح
preview-conditions = الشروط
preview-no-condition = لا شرط سوى درجة التصنيف
preview-own-only = لا أحد خارج عقدتكم: هذا القيد لا يرسل أبدا.
preview-pseudonym = خارج عقدتكم يظهر الضباط والموافق بأسماء مستعارة.
preview-unnamed = باسم مستعار
today-signatures = التوقيعات
draft-waits = للقراءة والتوقيع قبل الإرسال
draft-waits-here = للقراءة والتوقيع قبل أن يسري
draft-mine-waits = ينتظر التوقيع الثاني
draft-returned = أعاده الضابط الثاني
draft-unsigned = أرسل بتوقيع واحد: التوقيع الثاني مستحق
draft-refused = أرسل ورفض التوقيع الثاني
draft-dossier = الملف
draft-opens = ملف سيفتح
draft-due = التوقيع مستحق قبل
draft-overdue = متأخر
draft-left-as = أرسل بوصفه
draft-read-left = قراءة ما أرسل
draft-cannot-leave = لا يمكن تسجيله كما هو.
draft-stale = ورد شيء في الملف منذ كتابته: على كاتبه أن يقرأ المستجد ويعيد الكتابة.
draft-irregular = لم يعد الملف يقبله أو لم تعد إحدى الخانات صالحة: على كاتبه أن يعيد الكتابة.
draft-ground = السبب:
draft-ground-alone = أرسل دون انتظار للسبب الآتي:
draft-decide = القرار
draft-approve = الموافقة: يرسل
draft-approve-here = الموافقة: يسري هنا
draft-approve-means = يرسل بالضبط ما هو معروض أعلاه باسم كاتبه، وأنتم الموافق عليه. ثم تتلف المسودة.
draft-approve-means-here = يسجل في هذه العقدة بالضبط ما هو معروض أعلاه باسم كاتبه، وأنتم الموافق عليه. ولا يرسل شيء. ثم تتلف المسودة.
draft-return = إعادته إلى كاتبه
draft-say-why = السبب في سطر واحد
draft-rewrite = إعادة الكتابة
draft-rewrite-means = يستعيد النموذج نصكم، أما المرفقات فيعاد اختيارها. تتلف هذه المسودة عند عرض الجديدة.
draft-take-back = استرجاعه وإتلافه
draft-with-author = على كاتبه أن يعيد كتابته أو يسترجعه.
draft-sign = التوقيع لاحقا
draft-refuse = رفض التوقيع
draft-other-signs = على ضابط آخر من عقدتكم أن يوقع.
draft-refused-means = سجل الرفض للمفتش. ما أرسل يسحب أو يصحح أو يمحى:
draft-withdraw-there = السحب من الملف
draft-correct = التصحيح بملاحظة
draft-settle = تم ذلك: الإغلاق
terms-four-eyes = ترسل النصوص والمرفقات بتوقيعين
signing-fault-author-gone = كاتبه لم يعد يكتب هنا.
signing-fault-lost = لم يكن نصه في أي نسخة احتياطية: يجب أن يكتب من جديد.
signing-fault-needs-second = لا بد لهذا من توقيع ضابط ثان.
signing-fault-own = ما كتبتموه يوقعه ضابط آخر.
signing-fault-nobody = لا ضابط آخر في هذه العقدة يستطيع توقيع هذا.
signing-fault-no-ground = { $n ->
    [zero] اذكروا السبب في سطر واحد.
    [one] اذكروا السبب في سطر واحد من حرف واحد على الأكثر.
    [two] اذكروا السبب في سطر واحد من حرفين على الأكثر.
    [few] اذكروا السبب في سطر واحد من { $n } أحرف على الأكثر.
    [many] اذكروا السبب في سطر واحد من { $n } حرفا على الأكثر.
   *[other] اذكروا السبب في سطر واحد من { $n } حرف على الأكثر.
    }
assurances-required = مطلوب من كل من يتلقاه:

# node.keys: هيئة حفظه
cli-keys-clear = تحفظ `node.keys` بلا تغليف: من استطاع قراءتها حاز مفاتيح العقدة.
cli-keys-passphrase = تحفظ `node.keys` تحت عبارة مرور (Argon2id، { $x } ميبيبايت، عدد المرات { $y }).
cli-keys-token = تحفظ `node.keys` تحت مفتاح في الرمز الأمني { $x }: { $y }.
cli-keys-module = مكتبة الرمز الأمني: { $x }
cli-keys-wrapped-next = تستمر العمليات الجارية ولا تحتاج إلى شيء؛ والتشغيل المقبل يأخذ بالهيئة الجديدة. النسخ السابقة تفتح كما كانت تفتح: خذوا نسخة احتياطية الآن، `entente backup`، وأتلفوا السابقة خلال 30 يوما.
cli-keys-ask-passphrase = عبارة مرور `node.keys`:
cli-keys-ask-new-passphrase = عبارة المرور الجديدة لـ `node.keys`:
cli-keys-ask-pin = الرقم السري للرمز الأمني:
cli-keys-open = يستطيع آخرون قراءة { $x }: اجعلوا القراءة لمالكه وحده (chmod 600)
cli-keys-no-secret = تحتاج `node.keys` إلى عبارة مرور أو رقم سري ولا شيء يعطيه: شغلوا من طرفية، أو أعطوا الاعتماد entente.keys ‏(LoadCredential= في systemd) أو واصفا يسميه ENTENTE_KEYS_FD
cli-keys-no-new-secret = تلزم عبارة المرور الجديدة أو الرقم السري الجديد ولا شيء يعطيهما: اكتبوهما في طرفية، أو أعطوا الاعتماد entente.keys.new ‏(LoadCredential= في systemd) أو واصفا بالخيار --new-fd
cli-keys-secret-unreadable = لا يعطي { $x } عبارة مرور ولا رقما سريا: ينتظر فيه سطر واحد من 4096 بايتا على الأكثر
cli-keys-secrets-differ = الإدخالان مختلفان: لم يغير شيء
cli-keys-passphrase-weak = عبارة المرور هذه قصيرة جدا أو مما يخمن أولا: خذوا { $x } حرفا أو أكثر، كست كلمات تختار بالقرعة
cli-keys-wrong-passphrase = ليست هذه عبارة مرور `node.keys`
cli-keys-damaged = ليست `node.keys` وثيقة مفاتيح، أو هي جزء منها فقط: ضعوا مكانها أحدث نسخة منها (المجلد keys/ من نسخة احتياطية)
cli-keys-newer = كتبت `node.keys` بإصدار أحدث من هذا البرنامج: شغلوا ذلك الإصدار
cli-keys-altered = عبارة المرور صحيحة، وقد غيرت `node.keys` بعد كتابتها: ضعوا مكانها أحدث نسخة منها وابحثوا عمن غيرها
cli-keys-greedy = تطلب `node.keys` من الذاكرة أو الوقت أكثر مما تطلبه أي وثيقة مفاتيح لهذا البرنامج: فقد غيرت؛ ضعوا مكانها أحدث نسخة منها
cli-keys-memory = لا تكفي الذاكرة لفتح `node.keys`: يلزم 256 ميبيبايت مدة ثانية
cli-keys-bug = خطأ داخلي: تعذر ختم المفاتيح
cli-keys-module-absent = { $x }: لا يمكن تحميل مكتبة PKCS#11 من هنا: ثبتوا مكتبة الرمز الأمني أو بينوا مكانها في `keys.module`
cli-keys-module-open = { $x }: يجب أن تسمى المكتبة بمسارها كاملا وألا يستطيع آخرون تغييرها
cli-keys-token-absent = الرمز الأمني { $x } غير موجود: أوصلوه ثم شغلوا من جديد؛ لم يجرب شيء
cli-keys-token-several = يوجد أكثر من رمز أمني باسم { $x }: أبقوا الصحيح وحده
cli-keys-object-absent = ليس في الرمز الأمني مفتاح AES أو RSA بهذا الاسم
cli-keys-object-several = في الرمز الأمني أكثر من مفتاح بهذا الاسم: عينوا واحدا بالخيار --object-id
cli-keys-object-taken = في الرمز الأمني مفتاح بهذا الاسم: احذفوا --make لاستعماله، أو خذوا اسما آخر
cli-keys-object-leaves = يمكن إخراج هذا المفتاح من الرمز الأمني فلا يحمي شيئا: يجب أن يكون حساسا وغير قابل للاستخراج
cli-keys-object-other = مفتاح الرمز الأمني لا يفتح `node.keys`: هو مفتاح آخر بالاسم نفسه، أو غيرت `node.keys`
cli-keys-pin-wrong = رفض الرمز الأمني الرقم السري. جرب مرة واحدة ولن يجرب ثانية: يقفل الرمز الأمني بعد بضعة أرقام خاطئة
cli-keys-pin-doubtful = يقول الرمز الأمني إن آخر رقم سري كان خاطئا: لا يجرب هذا الرقم إلا إذا كتبه شخص. شغلوا مرة من طرفية
cli-keys-pin-locked = الرمز الأمني مقفل بعد أرقام سرية خاطئة كثيرة: افتحوه برقم ضابط الأمن
cli-keys-token-failed = أخفق الرمز الأمني ({ $x }): لم يغير شيء
cli-keys-differs = الوثيقة الجديدة لا تفتح على الأسرار نفسها: تبقى السابقة
input-fault-storage-key-under-way = ليس كل شيء بعد تحت مفتاح التخزين الجديد، أو لم تمهل العمليات الجارية عشر دقائق لتتعلمه: انتظروا ثم أنهوا التغيير من جديد.
input-fault-storage-key-gone = غير مفتاح التخزين لهذه العقدة على جهاز آخر، وليس في `node.keys` هنا إلا السابق: أحضروا إلى هنا نسخة مغلفة من `node.keys` ذلك الجهاز ثم شغلوا من جديد.
cli-keys-change-none = لم يغير مفتاح التخزين قط.
cli-keys-change-on = تغيير مفتاح التخزين جار منذ { $x }؛ المفاتيح التي غلفت من جديد: { $y }.
cli-keys-change-complete = كل شيء تحت مفتاح التخزين الجديد؛ وما زال السابق يفتح على الأجهزة التي تحوزه. متى حاز كل جهاز الجديد وبعد عشر دقائق من البداية: `entente key rotate --storage --end`.
cli-keys-change-ended = غير مفتاح التخزين؛ وترك السابق في { $x }.
cli-keys-change-next = خذوا نسخة احتياطية الآن: النسخ السابقة تفتح بما فيها من `node.keys` مدة الأيام الثلاثين التي تبقاها.
cli-backup-again = غير مفتاح التخزين أثناء أخذ النسخة الاحتياطية فلا تتوافق أجزاؤها: النسخة { $x } غير تامة؛ أتلفوها وخذوا غيرها
cli-keys-changed-form = هيئة `node.keys` غير ما كانت عليه عند تشغيل هذه العملية، فلم يمكن أن يكتب فيها مفتاح التخزين الجديد: شغلوا هذه العملية من جديد
admission-title = الولوج بالرقم
admission-ask = طلب الولوج إلى ملف
admission-offer = إذا كنتم تعرفون رقم ملف يحتاج إليه عملكم فاطلبوا الولوج إليه. الجواب هنا واحد أيا كان الرقم: إن وجد هذا الملف ومنح الولوج وجدتموه بين ملفاتكم.
admission-number = الرقم، مثل MA-12
admission-service = المصلحة التي ستشارك
admission-own = طلباتي للولوج
admission-own-why = ينتهي الطلب من تلقاء نفسه بعد ثلاثين يوما. ولا يقال عنه شيء آخر أيا كان الرقم: إن منح الولوج كان الملف بين ملفاتكم.
admission-none = لم تطلبوا شيئا منذ ثلاثين يوما.
admission-until = ينتهي في
admission-to-decide = طلبات الولوج
admission-to-decide-why = لملفات أنتم مسؤولون عنها. لا يقال لصاحب الطلب إن الملف موجود ولا إنكم رفضتم.
admission-grant = إشراك المصلحة
admission-refuse = رفض الولوج
admission-means = ستشارك { $x } في الملف، وسيرى الطرف الآخر ذلك أيضا.
admission-barred-policy = قواعد هذه العقدة لا تسمح لهذا الضابط بالاطلاع على مثل هذه الملفات: لا يمكن إلا رفض الولوج.
admission-barred-convenor = وحده { $x } يدعو المصالح إلى هذا الملف: اقترحوا ذلك هناك بملاحظة. لا يمكن هنا إلا رفض الولوج.
admission-figures = طلبات الولوج منذ ثلاثين يوما: { $x }، منها { $y } لأرقام لا تخص أي ملف هنا.
finding-asking = طلبات ولوج بالرقم خلال أسبوع: { $x }.
input-fault-admission-number = اكتبوا رقم الملف مع عقدته، مثل MA-12.
agenda-across = في جدول الأعمال من مجموعات غايات أخرى
agenda-more = الالتزامات المتأخرة أكثر مما جرى تصفحه لهذه القائمة: ما حل أجله أولا وارد هنا.
agenda-across-why = الأسطر فقط: من يشارك في هذه الملفات يعرف الباقي. أما الإنقاذ والمواكبة فأعداد مقربة إلى العشرة الأدنى.
agenda-count = { $x }: { $y } على الأقل
brought = مستعمل هنا لغاية أخرى
brought-why = قيود من ملفات أخرى سمح قرار باستعمالها في هذا الملف. تقرأ هنا ما دام القرار قائما وشروط صاحبها تسمح بذلك.
brought-decided = تقرر في
cli-admission-asked = تم الطلب. الجواب واحد أيا كان الرقم.
cli-admission-decided = تم.
input-fault-admission-most = { $n ->
    [one] لا أكثر من طلب ولوج واحد في اليوم.
    [two] لا أكثر من طلبي ولوج في اليوم.
    [few] لا أكثر من { $n } طلبات ولوج في اليوم.
   *[other] لا أكثر من { $n } طلب ولوج في اليوم.
}
statistics = إحصائيات
statistics-csv = كوثيقة (CSV)
statistics-none = لم ينشر أي شهر بعد: ينشر الأول عند انتهاء شهر.
statistics-window = ما طلب خلال الأشهر الاثني عشر المنتهية بهذا الشهر، حسب حالته عند النشر:
statistics-how = كيف تقرأ هذه الأرقام
statistics-few-means = الرقم يخص أقل من { $x } أشخاص، أو لا يخص أحدا: فلا يعرف منه أحد.
statistics-withheld-means = مجموع يمكن أن يستخرج منه رقم كهذا بالطرح.
statistics-still = لا يتغير رقم يخص أشخاصا إلا بفارق { $x } على الأقل؛ ويبقى إلى ذلك الحين كما نشر في شهر سابق.
statistics-never = لا توجد معايير تصفية، وما نشر لا يتغير.
statistics-persons = أشخاص توجهوا إلينا؛ ومن توجه إلى شريك ففي إحصائياته. كل طلب يحسب شخصا.
statistics-exact = أرقام مضبوطة: التزامات بين المصالح. ولا تحسب فيها التزامات الملفات المتعلقة بحقوق شخص.
statistics-total = المجموع
statistics-few = أقل من { $x }
statistics-withheld = غير منشور
statistics-months = أشهر أخرى
cli-recipients-none = لم يصل منا إلى أحد.
oversight-own-looks = { $n ->
    [one] اطلاع واحد منكم
    [two] اطلاعان منكم
    [few] { $n } اطلاعات منكم
    [many] { $n } اطلاعا منكم
   *[other] { $n } اطلاع منكم
}
finding-probing = محاولات مختلفة رفضت خلال ساعة: { $x }.
oversight-taken = { $n ->
    [one] قيد واحد، بصمته
    [two] قيدان، بصمتهما
    [few] { $n } قيود، بصمتها
    [many] { $n } قيدا، بصمتها
   *[other] { $n } قيد، بصمتها
}
oversight-times = { $n ->
    [one] مرة أخرى خلال دقيقة
    [two] مرتين أخريين خلال دقيقة
    [few] { $n } مرات أخرى خلال دقيقة
    [many] { $n } مرة أخرى خلال دقيقة
   *[other] { $n } مرة أخرى خلال دقيقة
}
input-fault-inspector-key = ليس هذا مفتاحا عموميا لمفتش.
oversight-seal = تصدير لمفتش واحد فقط
oversight-seal-to = المفتاح العمومي للمفتش
oversight-seal-means = كما يكتبه «entente oversight key» على جهاز المفتش: لا يفتح الوثيقة إلا النصف السري الذي يبقى هناك.
oversight-seal-do = تصدير مختوم
cli-inspector-key = المفتاح { $x }؛ سلموا { $y } إلى العقدة واحتفظوا بالوثيقة الأخرى
cli-sealed-nothing = لا يفتح هذا: { $x }
cli-extract-sealed = هذه السجلات مختومة: افتحوها أولا بالأمر `entente oversight open`.
bridge-second = الانتقال من غاية إلى أخرى يبقى في هذه العقدة، ولا يسري إلا بعد موافقة قاض أو منسق غيركم.
weigh-title = التوقيع بمفتاح مروركم
weigh-means = هذا عمل يلزم أو يفتح أو يتلف، فيوقعه مفتاح مروركم أنتم. وهو يوقع ما هو مبين هنا بعينه، ولا يسجل شيء قبل ذلك.
weigh-over = ما يوقع: معرف هذا القيد
weigh-press = التوقيع بمفتاح مروري
weigh-failed = لم يجب أي مفتاح مرور، أو لا مفتاح في هذا المتصفح. لم يسجل شيء.
weigh-moved = استجد شيء في الملف في هذه الأثناء: أعيد تركيب العمل مما كتبتم ولم يسجل شيء بعد. أعيدوا القراءة ثم وقعوا.
weigh-wrong = مفتاح المرور هذا لا يناسب أو جاء جوابه متأخرا. لم يسجل شيء: وقعوا من جديد.
weigh-back = العودة إلى الملف دون تسجيل شيء
signed-heading = التوقيع الشخصي للضابط
signed-valid = وقع مفتاح مرور هذا القيد، وقد تم التحقق من التوقيع.
signed-kept = وقعه مفتاح مرور بحسب عقدته التي تحتفظ بالتوقيع والتزمت به، ويمكنها الإفصاح عنه.
signed-false = ما أرسل بوصفه توقيعا للضابط ليس توقيعا صحيحا.
signed-follows = لم توقع بذاتها: هي نتيجة عمل وقعه مفتاح مرور، ولا تترك شيئا للاختيار.
signed-cause = ذلك العمل
signed-not = لم يوقعه مفتاح مرور.
signed-by = الموقع
signed-wrote = كاتب القيد
signed-approved = من وافق على القيد
signed-passkey = مفتاح المرور
signed-host = مسجل تحت
signed-told = لدى الشريك التوقيع كاملا.
signed-untold = ليس لدى الشريك التوقيع كاملا: ظهور المفتاح العمومي نفسه في ملفين يكشف أن اسمين مستعارين لضابط واحد.
signed-tell = الإفصاح عن التوقيع للشريك
signing-fault-needs-passkey = يجب أن يوقع مفتاح مروركم هذا العمل: قوموا به في صفحة من صفحات هذه العقدة، في متصفح.
signing-fault-no-passkey = تطلب قواعد هذه العقدة هنا توقيع مفتاح مرور: أضيفوا واحدا في صفحة حسابكم.
weigh-waits = { $n ->
    [zero] لا شيء من القرار نفسه ينتظر ضابطا ثانيا.
    [one] عرض واحد من القرار نفسه ينتظر ضابطا ثانيا يوقعه بمفتاح مروره: لم يرسل بعد.
    [two] عرضان من القرار نفسه ينتظران ضابطا ثانيا يوقعهما بمفتاح مروره: لم يرسلا بعد.
    [few] { $n } عروض من القرار نفسه تنتظر ضابطا ثانيا يوقعها بمفتاح مروره: لم ترسل بعد.
    [many] { $n } عرضا من القرار نفسه تنتظر ضابطا ثانيا يوقعها بمفتاح مروره: لم ترسل بعد.
   *[other] { $n } عرض من القرار نفسه تنتظر ضابطا ثانيا يوقعها بمفتاح مروره: لم ترسل بعد.
    }
weigh-more = { $n ->
    [zero] لم يبق عمل للتوقيع بعد هذا.
    [one] بقي عمل واحد للتوقيع بعد هذا.
    [two] بقي عملان للتوقيع بعد هذا.
    [few] بقيت { $n } أعمال للتوقيع بعد هذا.
    [many] بقي { $n } عملا للتوقيع بعد هذا.
   *[other] بقي { $n } عمل للتوقيع بعد هذا.
    }
cli-officer-signed = { "  " }وقعه مفتاح مرور الضابط { $x } (المفتاح { $y })
cli-officer-none = { "  " }لا توقيع لضابط بمفتاح مرور
cli-officer-doubtful = { "  " }أعلن أن مفتاح العقدة الذي يشهد بصاحب مفتاح المرور هذا مخترق: لا تثبت هذه الشهادة شيئا
proof-officer = توقيع الضابط لا يتحقق
proof-officer-other = توقيع الضابط ليس لمن كتب هذا القيد أو وافق عليه
signed-of = القيد الموقع

# Things of an investigation
things-title = عناصر التحقيق
things-why = تبقى كل بطاقة كما قدمها طرفها. لا شيء مرتب حسب الأهمية، والبحث يقتصر على هذا الملف.
things-search = البحث ضمن هذه العناصر
things-not-printed = تمنع الشروط طباعة بعض هذه العناصر: لا تطبع هذه الصفحة.
things-add = إضافة عنصر
things-withheld = { $n ->
    [zero] لا قيد آخر
    [one] قيد آخر لا يقرأ هنا: ينتظره شرط أو محي
    [two] قيدان آخران لا يقرآن هنا: ينتظرهما شرط أو محيا
    [few] { $n } قيود أخرى لا تقرأ هنا: ينتظرها شرط أو محيت
    [many] { $n } قيدا آخر لا يقرأ هنا: ينتظره شرط أو محي
   *[other] { $n } قيد آخر لا يقرأ هنا: ينتظره شرط أو محي
    }
things-choose-link = اختاروا العنصر المراد ربطه بـ
things-choose-same = اختاروا البطاقة المراد مقارنتها بـ
thing-joined = مجموع مع
thing-joined-more = { $n ->
    [one] وبطاقة أخرى
    [two] وبطاقتان أخريان
    [few] و{ $n } بطاقات أخرى
    [many] و{ $n } بطاقة أخرى
   *[other] و{ $n } بطاقة أخرى
    }
thing-from = منذ { $x }
thing-to = إلى غاية { $x }
thing-from-to = من { $x } إلى { $y }
thing-fact = واقعة
thing-assessment = تقدير
thing-rests-on = المساهمة التي أخذ منها
thing-records = بطاقات العنصر نفسه
thing-records-why = قرر أشخاص أن هذه البطاقات تخص العنصر نفسه. وتبقى جنبا إلى جنب كما قدمها كل طرف.
thing-links = الروابط
thing-link-to = الربط بعنصر آخر
thing-same-as = القول هل هو نفس عنصر آخر
thing-decisions = القرارات
thing-decisions-why = يمكن إلغاء القرار، ويبقى كل شيء في الملف. وما دام أحد يقول إن بطاقتين مختلفتان فلا تجمعان.
thing-undone = ملغى
erase-speaks-of = ما يتحدث عنه
erase-speaks-of-why = هذه قيود من جهتكم تذكر ما تمحونه. وما وضعت عليه علامة يمحى بالفعل نفسه حيثما كان محفوظا.
erase-apart = يمحى على حدة: تحوزه دول أخرى
erase-here = لم يغادر عقدتنا قط
erase-theirs = { $n ->
    [zero] لا قيد للطرف الآخر يذكره.
    [one] قيد واحد للطرف الآخر يذكره أيضا: محوه من شأنه.
    [two] قيدان للطرف الآخر يذكرانه أيضا: محوهما من شأنه.
    [few] { $n } قيود للطرف الآخر تذكره أيضا: محوها من شأنه.
    [many] { $n } قيدا للطرف الآخر تذكره أيضا: محوها من شأنه.
   *[other] { $n } قيد للطرف الآخر تذكره أيضا: محوها من شأنه.
  }
chart-title = مخطط الروابط
chart-why = تخص الأرقام ما يظهر على هذا المخطط الآن، ولا تخص أحدا بذاته. لا شيء يرتب أو يحفظ أو يرسل أو يقرر بناء عليها.
chart-not-printed = لا تطبع هذه الصفحة: اطبعوا إحدى لوحاتها، وعليها شروطها ومصادرها.
chart-origin = قدمه
chart-what = نوع العنصر
chart-relation = نوع الرابط
chart-least = التقييم لا يقل عن
chart-from = قائم من
chart-until = إلى
chart-thing = العنصر
chart-around = ما حوله
chart-steps = { $n ->
    [zero] دون رابط
    [one] إلى مسافة رابط واحد
    [two] إلى مسافة رابطين
    [few] إلى مسافة { $n } روابط
    [many] إلى مسافة { $n } رابطا
   *[other] إلى مسافة { $n } رابط
}
chart-to = أقصر المسارات إلى
chart-marks = حجم العلامات
chart-marks-same = كلها سواء
chart-marks-links = حسب الروابط
chart-marks-between = حسب التوسط
chart-groups = المجموعات
chart-cut = نقط الفصل
chart-alone = بلا روابط أيضا
chart-from2 = من
chart-until2 = إلى
chart-filters-more = مرشحات أخرى
chart-more-around = حول عنصر واحد
chart-more-links = الروابط
chart-more-look = طريقة العرض
chart-more-second = المقارنة بفترة أخرى
chart-all = الكل
chart-zoom-in = تكبير
chart-zoom-out = تصغير
chart-zoom-all = المخطط كله
chart-keys = الأسهم تحرك المخطط، و+ و- يغيران حجمه، و0 يظهره كله، وTab ينتقل من عنصر إلى آخر.
chart-large = { $x } من العناصر أكثر مما يقرأ على مخطط واحد: استعملوا المرشحات، أو اختاروا عنصرا وما حوله.
chart-parts = الأجزاء: { $x }، في كل منها من العناصر: { $y }
chart-empty = لا رابط يوافق ما اخترتموه.
chart-none = لم يقدم أي رابط بعد: تربط العناصر من صفحاتها.
chart-path = { $n ->
    [zero] هو العنصر نفسه.
    [one] بينهما رابط مباشر.
    [two] أقصر المسارات بينهما من رابطين، وهي ظاهرة كلها.
    [few] أقصر المسارات بينهما من { $n } روابط، وهي ظاهرة كلها.
    [many] أقصر المسارات بينهما من { $n } رابطا، وهي ظاهرة كلها.
   *[other] أقصر المسارات بينهما من { $n } رابط، وهي ظاهرة كلها.
}
chart-no-path = لا مسار من الروابط يصل هنا بين العنصرين.
chart-not-here = العنصر الذي اخترتموه ليس ضمن هذا العرض.
chart-legend = العلامات:
chart-sign-ours = مملوءة: من عندنا
chart-sign-theirs = إطار مزدوج: من شريك
chart-sign-sure = خط متصل: B2 أو أفضل
chart-sign-unsure = خط متقطع: أقل يقينا
chart-sign-unassessed = خط منقط: لم يقيم
chart-sign-cut = حلقة متقطعة: نقطة فصل
chart-summary = العناصر: { $x }، الروابط: { $y }. والجدول أسفل المخطط يقول الشيء نفسه نصا.
chart-linked = { $n ->
    [zero] غير مرتبط بأي عنصر
    [one] مرتبط بعنصر واحد
    [two] مرتبط بعنصرين
    [few] مرتبط بـ{ $n } عناصر
    [many] مرتبط بـ{ $n } عنصرا
   *[other] مرتبط بـ{ $n } عنصر
}
chart-cut-point = نقطة فصل
chart-group = المجموعة { $x }
chart-other = آخر
chart-chosen = في هذا العرض:
chart-chosen-why = تصف هذه الأرقام موقعا في هذا العرض لما تم تدوينه. لا تقول شيئا عما فعله أحد ولا تثبت شيئا. والروابط التي لم يدونها أحد كانت ستغيرها.
chart-f-links = الروابط
chart-f-links-is = العناصر المرتبطة به، يعد كل منها مرة واحدة
chart-f-reach = النسبة من سائر العناصر
chart-f-reach-is = العدد نفسه بالنسبة إلى عدد الباقي (مركزية الدرجة، Freeman 1978)
chart-f-between = التوسط
chart-f-between-is = نسبة أقصر المسارات بين الباقي التي تمر منه (Freeman 1978)
chart-f-closeness = القرب
chart-f-closeness-is = مدى قربه مما يصل إليه (Wasserman و Faust 1994)
chart-f-constraint = التقييد
chart-f-constraint-is = مدى اتصال معارفه بعضهم ببعض، وهو ضعيف حيث يصل بين ما لا اتصال بينه (Burt 1992)
chart-f-closure = الانغلاق
chart-f-closure-is = نسبة الأزواج المترابطة من معارفه (Watts و Strogatz 1998)
chart-position-both = الروابط والتوسط فوق متوسطي هذا العرض.
chart-position-broker = روابط قليلة وتوسط فوق متوسط هذا العرض: موقع وسيط.
chart-position-links = روابط كثيرة وتوسط دون متوسط هذا العرض.
chart-position-neither = لا الروابط ولا التوسط فوق متوسطي هذا العرض.
chart-is-cut = لولاه لانفصل جزؤه من هذا العرض.
chart-estimated = التوسط مقدر انطلاقا من { $x } من العناصر لأن العرض كبير.
chart-missing = لو غاب { $x } من الأزواج المترابطة صدفة، في { $y } من المحاولات:
chart-range = بين { $x } و{ $y }
chart-same-mark = بقي حجم علامته حسب التوسط على حاله في { $x } من { $y }
chart-decimal = ,
chart-whole = العرض
chart-v-things = العناصر
chart-v-pairs = الأزواج المترابطة
chart-v-components = الأجزاء
chart-v-density = الكثافة
chart-v-closure = متوسط الانغلاق
chart-v-transitivity = التعدي
chart-v-centralisation = التمركز
chart-modularity = النمطية { $x }
chart-timeline = التسلسل الزمني
chart-week = بالأسابيع
chart-month = بالأشهر
chart-quarter = بالفصول
chart-year = بالسنوات
chart-no-dates = لا رابط مؤرخ هنا.
chart-slice = متى
chart-links = الروابط
chart-unsure = { $n ->
    [zero] كلها مؤكدة.
    [one] واحد منها على سبيل الاحتمال: لا يذكر تاريخه إلا الشهر أو السنة.
    [two] اثنان منها على سبيل الاحتمال: لا يذكر تاريخهما إلا الشهر أو السنة.
    [few] { $n } منها على سبيل الاحتمال: لا تذكر تواريخها إلا الشهر أو السنة.
    [many] { $n } منها على سبيل الاحتمال: لا تذكر تواريخها إلا الشهر أو السنة.
   *[other] { $n } منها على سبيل الاحتمال: لا تذكر تواريخها إلا الشهر أو السنة.
}
chart-partial = التاريخ الذي لا يعرف منه إلا السنة أو الشهر يحسب لكل يوم من أيامه: وما لا يقع في فترة إلا احتمالا بسبب ذلك يذكر على حدة.
chart-slices = { $n ->
    [zero] لا فترات
    [one] فترة واحدة
    [two] فترتان
    [few] { $n } فترات
    [many] { $n } فترة
   *[other] { $n } فترة
}
chart-compare = مقارنة
chart-undated = { $n ->
    [zero] كل الروابط مؤرخة.
    [one] رابط واحد بلا تاريخ وليس في أي فترة.
    [two] رابطان بلا تاريخ وليسا في أي فترة.
    [few] { $n } روابط بلا تاريخ وليست في أي فترة.
    [many] { $n } رابطا بلا تاريخ وليست في أي فترة.
   *[other] { $n } رابط بلا تاريخ وليست في أي فترة.
}
chart-changed = من هذه الفترة إلى الأخرى
chart-stay = في كلتيهما
chart-come = في الأخرى فقط
chart-go = في هذه فقط
chart-pairs-changed = الأزواج التي يختلف عدد روابطها
chart-now = الروابط في هذه
chart-then = الروابط في الأخرى
chart-table = الروابط نصا
chart-end = العنصر
chart-how = كيف
chart-when = متى
chart-brought = قدمه
chart-evaluation = التقييم
chart-source = المصدر
chart-entry = القيد
chart-more = يظهر منها { $x } فقط، والوثيقة المخرجة تضمها كلها.
chart-out = الطباعة والإخراج
chart-out-why = ما تمنعه شروط مصدره لا يخرج: الطباعة (H2)، والوثائق (H1 وH2). ويسجل كلاهما بوصفه إخراجا. ولا تتضمن الأرقام.
chart-plate-a4 = لوحة A4
chart-plate-a3 = لوحة A3
chart-graphml = GraphML
chart-csv-things = العناصر (CSV)
chart-csv-links = الروابط (CSV)
chart-case = الملف كاملا (CASE/UCO)
chart-case-why = يترك الملف الكامل بصيغة CASE/UCO ما لا يجوز إخراجه، ويذكر في داخله عدد التسجيلات المتروكة وعدد المرفقات التي بلا بصمة، ويذكرهما أيضا الأمر entente evidence dossier.
cli-chart-forms = يجب أن ينتهي الاسم بأحد هذه: { $x }
cli-chart-kind = الملف { $x } ليس تحقيقا: التحقيق وحده له عناصر وروابط ورسم بياني.
chart-drawn = إلى حدود { $x }
chart-sources = مصادر الروابط
chart-plate-remark = المخطط يظهر ما تم تدوينه لا غير. والموقع عليه لا يقول شيئا عما فعله أحد.
chart-left-out = { $n ->
    [zero] كل البطاقات والروابط على هذه اللوحة.
    [one] بطاقة أو رابط ليس على هذه اللوحة.
    [two] بطاقتان أو رابطان ليسا على هذه اللوحة.
    [few] { $n } بطاقات أو روابط ليست على هذه اللوحة.
    [many] { $n } بطاقة أو رابطا ليست على هذه اللوحة.
   *[other] { $n } بطاقة أو رابط ليست على هذه اللوحة.
}
chart-too-large = هذا أكثر مما تتسع له لوحة: استعملوا المرشحات، أو اختاروا عنصرا وما حوله.
chart-adopt = اعتماده تقديرا لي
chart-adopt-why = تعد مساهمة فيها الطريقة والحدود: تكملونها وتقيمونها وتوقعونها.
chart-adopt-title = موقع في مخطط الروابط
chart-adopt-own = تقديري:
chart-adopt-of = عنصر القيد { $x }، إلى حدود { $y }.
chart-adopt-view = العرض: { $x }.

# The agreement and the evaluation of an investigation
agreement-title = اتفاق التحقيق
agreement-versions = الصيغ
agreement-none = لم يقترح أي اتفاق بعد.
agreement-amend = اقتراح صيغة أخرى أو التمديد
agreement-version = الصيغة { $n }
agreement-proposed = تنتظر توقيعا
agreement-in-force = سارية المفعول
agreement-replaced = عوضت
agreement-not-agreed = دون اتفاق
agreement-signed-by = وقعتها
agreement-awaits = في انتظار
agreement-signatures = التوقيعات
agreement-changes = ما يتغير مقارنة بالصيغة { $n }
agreement-no-change = لا شيء يتغير.
agreement-period = المدة
agreement-not-readable = نص هذه الصيغة لا يقرأ هنا: ينتظره شرط أو محي.
agreement-one-language = بند محرر باللغة الأخرى فقط.
agreement-means = بإرسال هذا القيد تلزمون دولتكم بهذه الصيغة من الاتفاق. ولا تسري إلا إذا وقعها الجميع، وتبقى السابقة سارية إلى ذلك الحين. لا رجوع في التوقيع.
evaluation-title = التقييم
evaluation-figures = أرقام الملف
evaluation-figures-why = محسوبة من قيود هذا الملف والالتزامات التي لدى العقدتين، ويقرأ الطرفان الأرقام نفسها. ولا يحسب ما يبقى لدى صاحبه.
evaluation-words = ما يقوله كل طرف
evaluation-counted = المحسوب
evaluation-contributions = مساهمات
evaluation-things = عناصر مقدمة
evaluation-links = روابط مقدمة
evaluation-asked = التزامات مطلوبة منه
evaluation-ended = منها المنتهية
evaluation-open = منها المفتوحة
evaluation-overdue = منها المتأخرة
evaluation-on-time = انتهت في الأجل
evaluation-late = انتهت بعد الأجل
evaluation-feedback-asked = إفادات مطلوبة منه
evaluation-feedback-given = إفادات قدمها
cli-evidence-unread = لم يُقرأ { $x }: { $y }
cli-evidence-large = حجمه أكبر من { $x } ميبيبايت
cli-evidence-deep = تداخله أعمق مما يجوز عند البايت { $x }
cli-evidence-many = فيه من القيم أو المصطلحات أو المعرّفات أكثر مما يجوز، أو أحدها أطول مما يجوز
cli-evidence-no-json = ليس JSON عند البايت { $x }؛ وعلى من أنشأ الوثيقة أن يصلحها
cli-evidence-no-jsonld = هو JSON وليس JSON-LD؛ وعلى من أنشأ الوثيقة أن يصلحها
cli-evidence-refused = يستعمل خاصية من JSON-LD لا تُقرأ هنا: { $x }. اطلبوه في صيغة أخرى
cli-evidence-remote = سياق يُذكر بعنوانه، ولا يُجلب شيء من الشبكة أثناء قراءة دليل
cli-evidence-scoped = سياق داخل عقدة أو مصطلح
cli-evidence-context = كلمة محجوزة في سياقه، أو إصدار غير 1.1
cli-evidence-container = حاوية غير @list و@set
cli-evidence-keyword = @reverse أو @nest أو @included أو @index أو @direction أو كلمة محجوزة غير معروفة
cli-evidence-named = رسم بياني يحمل اسمًا
cli-evidence-relative = اسم نسبي يتجاوز جزءًا أخيرًا بسيطًا
cli-evidence-alike = العقد التي لا اسم لها أكثر وأشد تشابهًا من أن تُقارن
cli-evidence-folder = يحوي { $x } وثائق أكثر مما يجوز، أو مجلدات متداخلة أعمق مما يجوز
cli-evidence-nodes = العقد المدرجة: { $x }؛ العقد التي قيل عنها شيء: { $y }
cli-evidence-untyped = بلا نوع
cli-evidence-none = لا توجد في هذا الملف حزمة أدلة يمكنكم فتحها.
cli-evidence-no-files = لا تسمي أي مرفق
cli-evidence-taken-out = كُتب { $x }.
cli-evidence-left-out = تسجيلات وحزم لا يجوز إخراجها وليست فيه: { $x }
cli-evidence-unhashed = وثائق بلا بصمة لكبر حجمها أو لغيابها هنا: { $x }
cli-evidence-files = المرفقات: { $x }
cli-evidence-size = { $x } بايت
cli-evidence-no-size = الحجم غير مذكور
cli-evidence-here = ✓ البصمات هي بصمات { $x }
cli-evidence-weak = ✓ البصمة هي بصمة { $x }، بطريقة يمكن معها صنع وثيقة أخرى بالبصمة نفسها
cli-evidence-other-size = (حجمه { $x }، وليس ما تذكره الحزمة)
cli-evidence-differs = ✗ بصمة { $x } مختلفة
cli-evidence-absent = ✗ لا وثيقة في المجلد بهذه البصمة
cli-evidence-unchecked = – لم يُتحقق منه: لم تُذكر بصمة يمكن حسابها هنا
cli-evidence-other = في المجلد وليس في الحزمة: { $x }
cli-evidence-records = سجلات المصدر بترتيب الزمن: { $x }
cli-evidence-actions = ما جرى بترتيب الزمن: { $x }
cli-evidence-by = من قِبل { $x }
cli-evidence-with = بواسطة { $x }
cli-evidence-on = على { $x }
cli-evidence-result = النتيجة: { $x }
cli-evidence-at = المكان: { $x }
cli-evidence-for = الغرض: { $x }
cli-evidence-more = و{ $x } غيرها
cli-evidence-no-time = بلا تاريخ
cli-evidence-proposed = عناصر يمكن اقتراحها لملف: { $x }؛ روابط: { $y }. ولا يُؤخذ شيء من تلقاء نفسه.
cli-evidence-left = رسائل ومكالمات ومرفقات وعناصر بلا اسم، وتبقى في الحزمة: { $x }.
cli-evidence-known = لا شيء فيها غير معروف هنا.
cli-evidence-unknown = غير معروف هنا، ويُحفظ كما هو:
cli-evidence-no-vocabulary = بلا معجم
cli-evidence-unmapped = { $x } ({ $y }): لا تعطي الحزمة هذا الاسم معنى
cli-evidence-same = تقول الحزمتان الشيء نفسه عن عدد من العقد: { $x }.
cli-evidence-differ = لا تقول الحزمتان الشيء نفسه.
cli-evidence-only-first = عقد في الأولى فقط: { $x }
cli-evidence-only-second = عقد في الثانية فقط: { $x }
cli-evidence-changed = عقد تقولان عنها شيئين مختلفين: { $x }
cli-evidence-unnamed = تختلف عقد لا اسم لها.
cli-evidence-taken = أسماؤها لا تترك مكانًا لما يُراد إضافته، أو سبقت إضافته
cli-evidence-not-given = هذا الإثبات ليس لقيد يضم هذه الحزمة بين مرفقاته بايتًا ببايت، أو صُدّر دون مضمون القيد

# Exhibits and their custody
exhibits-title = المحجوزات
exhibits-why = كل محجوز مع سلسلة حيازته: من حازه ومتى ولأي غرض وتحت أي ختم. وما لا يذكره السجل ينبه إليه ولا يفترض أبدا.
exhibits-withheld = { $n ->
    [zero] لا قيود محجوبة
    [one] قيد واحد عن المحجوزات لا يقرأ هنا: قد تنقص بسببه سلسلة.
    [two] قيدان عن المحجوزات لا يقرآن هنا: قد تنقص بسببهما سلسلة.
    [few] { $n } قيود عن المحجوزات لا تقرأ هنا: قد تنقص بسببها سلسلة.
    [many] { $n } قيدا عن المحجوزات لا تقرأ هنا: قد تنقص بسببها سلسلة.
   *[other] { $n } قيد عن المحجوزات لا تقرأ هنا: قد تنقص بسببها سلسلة.
    }
exhibit-derived = مستخرج
exhibit-last-with = آخر حائز
exhibit-gaps = { $n ->
    [zero] لا ثغرات في السلسلة
    [one] ثغرة واحدة في السلسلة
    [two] ثغرتان في السلسلة
    [few] { $n } ثغرات في السلسلة
    [many] { $n } ثغرة في السلسلة
   *[other] { $n } ثغرة في السلسلة
    }
exhibit-owed = مستحق
exhibit-overdue = متأخر
exhibit-record = المحجوز كما قيد
exhibit-sort = النوع
exhibit-hash = البصمة عند المصدر
exhibit-derived-from = مستخرج من
exhibit-derived-into = استخرج منه
exhibit-elsewhere = محجوز لا يقرأ هنا
exhibit-chain = سلسلة الحيازة
exhibit-no-gaps = تتوالى الأيدي والأختام بين المراحل المقيدة. ويثبت السجل متى كتبت كل مرحلة، لا أن شيئا لم يغفل.
gap-nothing = لم يقيد شيء بين
gap-holder = آخر حائز مقيد: { $x }؛ والحائز الذي يليه: { $y }.
gap-seal = حالة الختم عند تركه: { $x }؛ وعند العثور عليه: { $y }.
gap-number = كان الختم يحمل الرقم { $x }، ثم { $y }.
moment-no-time = دون تاريخ
moment-seized = حجز أو إنجاز
moment-from = من:
moment-to = إلى:
moment-seal = الختم:
moment-found = وجد: { $x }
moment-left = ترك: { $x }
moment-receipt = وصل السجل في
moment-due = قبل
moment-answer = الجواب
hash-equal = مطابقة للبصمة الأصلية
hash-weak = مطابقة، لكن بخوارزمية لم تعد تثبت ذلك وحدها
hash-different = مخالفة للبصمة الأصلية
hash-other = بخوارزمية غير خوارزمية البصمة الأصلية: لا تقارن

# A file looked at in place
in-place-title = مرفق
in-place-entry = عرض القيد
in-place-download = تنزيل
in-place-look = عرض { $x }
in-place-picture = صورة { $x }
in-place-large = لا تعرض هنا صورة تتجاوز { $x }: نزلوها.
in-place-cut = بداية النص فقط: ينزل المرفق كاملا.
in-place-other = ليس هذا المرفق نصا ولا صورة يمكن عرضها هنا دون تشغيل شيء: ينزل.
in-place-page = الصفحة
in-place-go = انتقال
in-place-keys = تقلب أسهم لوحة المفاتيح الصفحات
in-place-pages-most = تعرض هنا أول { $x } صفحة؛ ويمكن تنزيل الوثيقة كاملة.
in-place-letters = نص هذه الصفحة
in-place-letters-why = جمعه البرنامج من مواضع الحروف على الصفحة. والعبرة بالصورة.
in-place-no-letters = لا يقرأ نص من هذه الصفحة، كأن تكون ممسوحة ضوئيا؛ وليس لها إلا صورتها.
in-place-locked = لا تفتح هذه الوثيقة إلا بكلمة سر؛ يرجى تنزيلها.
in-place-broken = هذه الوثيقة أو صفحتها معطوبة ولا يمكن عرضها هنا؛ يرجى تنزيلها.
in-place-no-page = لا توجد في هذه الوثيقة صفحة بهذا الرقم.
in-place-spent = تتطلب هذه الوثيقة من الوقت أو الذاكرة أكثر مما يخصص لعرضها هنا؛ يرجى تنزيلها.
in-place-pdf-large = لا تعرض هنا وثيقة تتجاوز { $x }؛ يرجى تنزيلها.

# A package of evidence
package-file-same = ✓ مرفقة هنا وبالبصمة نفسها: { $x }
package-file-weak = ✓ مرفقة هنا وبالبصمة نفسها: { $x }. يمكن بهذه الطريقة صنع وثيقة أخرى بالبصمة نفسها: اطلبوا بصمة SHA-256.
package-file-differs = ✗ { $x } مرفقة هنا وهي وثيقة أخرى: بصمتها ليست البصمة التي تذكرها الحزمة. لا تعتمدوا أيا منهما، واطلبوا الوثيقة من جديد ممن سلم الحزمة.
package-file-not-read = – { $x } موجودة هنا لكنها أكبر من أن تُقرأ والصفحة تنتظر. يقارنها الأمر entente evidence list في سطر الأوامر.
package-no-more = الحزم التي قبلها هي كل ما تقرؤه نظرة واحدة. يقرؤها كلها الأمر entente evidence list في سطر الأوامر
package-file-absent = – غير مرفقة هنا. اطلبوها ممن سلم الحزمة وأرفقوها بقيد من قيود هذا الملف.
package-file-unchecked = – لم تُقارن: لا تذكر الحزمة بصمة يمكن حسابها هنا.
package-title = حزمة أدلة
package-why = ما تقوله الحزمة (CASE/UCO) كما وردت. لا يؤخذ منها شيء من تلقاء نفسه، ويبقى المرفق على حاله.
package-look = قراءة حزمة الأدلة
package-proposed = ما يمكن أخذه
package-proposed-why = كل عنصر يفتح النموذج المعتاد بالاسم وحده: تكملون الباقي ولا يقيد شيء قبل ذلك. ولا يعد عنصران عنصرا واحدا أبدا.
package-nothing = ليس فيها ما هو من الأصناف التي تصير عنصرا في الملف.
package-links-why = يقود كل رابط إلى استمارته متى أخذ طرفاه، وأنت من يقول كيف يرتبطان.
package-taken = أخذ:
package-linked = مرتبطان من قبل
package-ends = خذ الطرفين أولا؛ وإن حمل سجلان الاسم نفسه فاربطهما من قائمة العناصر.
package-no-ends = أحد الطرفين ليس من الأصناف التي تصير عنصرا في الملف: تبقى هذه الصلة في الحزمة.
package-nodes = العقد حسب النوع
## خطة العمل وأيام العمل المشتركة
plan-title = خطة العمل
plan-days = أيام العمل المشتركة
plan-no-day = لم يقترح أي يوم عمل مشترك.
plan-open = المهام الجارية
plan-no-task = لا مهمة جارية.
plan-ended = المهام المنتهية
plan-not-readable = نص لا يقرأ هنا: ينتظره شرط أو محي.
plan-from = في المكان ابتداء من
plan-until = إلى غاية
plan-about = العنصر المعني
plan-result = النتيجة
plan-give-result = تقديم النتيجة
day-proposed = في انتظار القرار
day-go = ضوء أخضر من الجانبين
day-no-go = لن يتم
day-called-off = أوقف
day-replaced = عوض
day-proposed-by = اقترحته
day-to-plan = → خطة العمل
day-decisions = قرار كل جانب
day-line = مجرى العمل
day-to-zero = بعد { $x }
day-since-zero = مضى على T0: { $x }
day-called-off-by = أوقف كل شيء.
day-replaced-by = عوض هذا اليوم بيوم آخر قرره الجانبان.
day-unheard = لا اتصال مع { $x } الآن.
day-unheard-since = لم يرد منها شيء منذ
day-known-here = ما يلي هو المعروف هنا.
day-change = اقتراح تغيير
day-when = الوقت
day-who = من
day-where = أين
day-what = ماذا
day-now = الآن
day-late = متأخرة عن موعدها
day-results = النتائج
day-without-result = خطوات انتهت ولم تقدم نتيجتها بعد: { $x }
day-said-before = قيل قبل تغيير الخطة
day-dropped = خطوات سحبت من الخطة
day-dropped-why = كانت في اليوم الذي يعوضه هذا اليوم ولم تعد فيه؛ وهذه حالها عند ذلك.
day-go-means = بهذا الضوء الأخضر يلتزم جانبكم بأن تعمل فرقه وفق هذه الخطة. ولا يتم اليوم إلا إذا أعطاه كل جانب. لا رجوع فيه؛ ويبقى إيقاف كل شيء ممكنا في أي وقت.
day-go-sure = نعم، ضوء أخضر.
day-go-not-sure = ضعوا علامة في الخانة لإعطاء الضوء الأخضر.
near-here = عمل آخر مقرر على مقربة وفي الوقت نفسه: انظروا أدناه.
near-step = الخطوة { $n }:
near-known = في المكان والوقت نفسيهما مع ما تعتزمه
near-unknown = مصلحة أخرى تعتزم شيئا على مقربة في ذلك الوقت: اتصلوا بالمنسق.
near-abroad = دولة أخرى تعتزم شيئا على مقربة في ذلك الوقت: اتصلوا بالمنسق.
form-step = السطر { $x }، { $y }
# Before the courts
court-title = أمام القضاء
court-why = ما يمكنكم قراءته من هذا التحقيق، مرتبا بحسب ما يجوز الإدلاء به أمام القضاء. ما يمنعه شرط صاحبه لا يدلي به أحد هنا؛ والإذن يطلب، والطلب التزام في سجل الطرفين.
court-parts = { $x } قيدا في المجموع، بترتيب الملف. ما يؤشر عليه يسري على هذه الصفحة وحدها.
court-may = يجوز الإدلاء به
court-asks = يحتاج إلى إذن
court-barred = لا يجوز الإدلاء به
court-corrected = مع تصحيحه
court-by = يدلى به بموجب الإذن:
court-condition = شرط صاحبه:
court-waits = طلب الإذن ولم يرد جواب بعد.
court-refused = رفض الإذن.
court-do = للقيود المؤشر عليها
court-court = المحكمة أو السلطة، بحسب وظيفتها
court-reference = مرجع المسطرة
court-do-produce = الإدلاء أمام القضاء
court-do-ask = طلب إذن أصحابها
court-do-outcome = الإخبار بقرار قضائي
court-magistrates = الإدلاء أمام القضاء من اختصاص قاض في هذه العقدة.
court-produced = ما أدلي به
court-produced-none = لم يدل بشيء بعد.
court-bundle = حافظة المحكمة (zip)
court-venues = الجهة القضائية المختصة
court-venues-none = لا اقتراح.
court-venue-proposed = مقترحة وتنتظر قرارا
court-venue-agreed = متفق عليها
court-venue-not-agreed = دون اتفاق
court-tried-by = تحاكم في دولة
court-grounds = الأسباب:
court-proceedings = مساطر مبلغ عنها
court-proceedings-none = لا مسطرة مبلغ عنها.
court-since = منذ
court-parallel = مساطر مفتوحة في أكثر من دولة.
court-parallel-why = لا يحاكم أحد مرتين من أجل الأفعال نفسها: اتفقوا على الجهة القضائية المختصة.
court-outcomes = قرارات قضائية
court-outcomes-none = لم يخبر بأي قرار.
court-about = بشأن:
court-told = مآله أمام القضاء
input-fault-not-producible = أحد القيود لا يجوز الإدلاء به أمام القضاء أو لم يعد يجوز: انظروا اللائحة.
input-fault-court-file = تتعذر كتابة الحافظة في هذا الموضع.
bundle-title = قيود مدلى بها أمام القضاء
bundle-by = أدلت به
bundle-at = تاريخ الإدلاء وساعته (UTC)
bundle-dossier = الملف
bundle-index = جدول القيود
bundle-number = الرقم
bundle-what = القيد
bundle-author = صاحبه وتاريخه (UTC)
bundle-digests = الأجزاء وبصمات SHA-256
bundle-correction = تصحيح للقيد
bundle-translation = ترجمة للقيد الذي يعتد بأصله وحده:
bundle-custody-of = حيازة القيد
bundle-production = محضر الإدلاء
bundle-custody = سلسلة الحيازة
bundle-compromised = مفاتيح أعلن اختراقها
bundle-conditions = شروط صاحبه:
bundle-files = المرفقات
bundle-verify = التحقق
bundle-verify-how = يتحقق من هذه الحافظة كلها دون اتصال ودون ولوج عقد المصالح، بالأمر أدناه؛ وطريقة الاستعمال في README.ar.txt وREADME.fr.txt وREADME.en.txt.
bundle-read-what = تضم هذه الحافظة قيودا متبادلة بين مصالح دولتين ومدلى بها أمام القضاء. يعرضها index.html، ويقول index.json الشيء نفسه للبرامج. لكل قيد مجلد: content.json هو مضمونه، وproof.txt إثباته، وfiles/ مرفقاته.
bundle-read-open = افتحوا index.html في متصفح. لا شيء فيه ينفذ أو يحمل من مكان آخر.
bundle-read-verify = للتحقق، على جهاز دون اتصال ثبت عليه برنامج entente: entente court verify FILE. يرفض الأمر كل جزء معدل أو ناقص أو مضاف أو مغير الاسم، وكل قيد لا يصح إثباته.
bundle-read-trust = يبين التحقق أي مفاتيح وقعت. قارنوا البصمات المعروضة بتلك التي سلمتها لكم المصالح عبر قناة أخرى، أو اذكروها: ‎--node FINGERPRINT مرة لكل دولة.
bundle-read-by-hand = دون البرنامج، تقارن بصمة SHA-256 لكل جزء بتلك الواردة في الجدول؛ ويتحقق أيضا من كل proof.txt وحده بالأمر entente verify.
court-entries = { $n ->
    [one] قيد واحد
    [two] قيدان
    [few] { $n } قيود
    [many] { $n } قيدا
   *[other] { $n } قيد
}
cli-court-produced = أدلي به: { $x }
cli-court-written = كتبت الحافظة: { $x } ({ $y })
cli-court-waits = ينتظر الإدلاء توقيعا ثانيا (المسودة { $x }): بعد توقيعه اكتبوا الحافظة بالخيار ‎--produced.
cli-court-signs = يوقع هذا العمل بمفتاح مرور في متصفح.
cli-court-valid = حافظة سليمة، أدلت بها { $x }، بصمتها { $y }
cli-court-to = لدى: { $x }، في { $y }
court-fault-too-large = الحافظة أو أحد أجزائها يتجاوز الحجم المسموح به
court-fault-no-end = ليست حافظة محكمة، أو أنها مبتورة، أو أضيف شيء بعد نهايتها
court-fault-directory = جدول الأرشيف تالف أو أكبر من اللازم
court-fault-packed = أحد الأجزاء مضغوط أو مشفر، ولا جزء من الحافظة كذلك
court-fault-name = لأحد الأجزاء اسم يقود إلى مكان آخر أو لا يحمله أي جزء
court-fault-twice = جزءان يحملان الاسم نفسه
court-fault-hidden = في الأرشيف بايتات لا تعود إلى أي جزء
court-fault-io = تتعذر قراءة الحافظة
court-fault-no-index = لا جدول فيها أو لا توقيع تحته
court-fault-index = تتعذر قراءة الجدول
court-fault-version = نسختها غير معروفة هنا: يلزم برنامج أحدث
court-fault-signature = التوقيع تحت الجدول غير صحيح
court-fault-index-altered = عدل الجدول بعد توقيعه
court-fault-signer = الجدول موقع بمفتاح غير مفتاح العقدة التي أدلت به، أو بمفتاح مخترق
court-fault-missing = جزء ناقص: { $x }
court-fault-added = جزء مضاف: { $x }
court-fault-renamed = جزء غير اسمه: { $x }
court-fault-altered = جزء عدل: { $x }
court-fault-no-proof = القيد { $x } لا إثبات له
court-fault-proof = إثبات القيد { $x } غير صحيح:
court-fault-other-entry = يقول الجدول عن القيد { $x } غير ما يقوله إثباته
court-fault-content = مضمون القيد { $x } ليس ما وقع
court-fault-file = مرفق ليس هو ما وقع (القيد، المرفق): { $x }
court-due = الجواب واجب في
# Duties to inform
duty-waiting = في انتظار قاض
duty-waiting-why = لا يحال شيء ولا يؤجل ولا يتابع من تلقاء نفسه: كل سطر ينتظر قرارا أو تنفيذ قرار.
duty-since = منذ
duty-owed = قرار قاض مستحق فورا
duty-ordered = تقررت الإحالة، يبقى الإرسال
duty-sent = أحيل على سلطة الطرف الآخر
duty-deferred = مؤجل إلى { $x }
duty-review-due = مؤجل: تعاد دراسته الآن
duty-refused = لم يحل، بقرار معلل
duty-time-over = انقضى أجل الملاحظات: يمكن تقرير المواصلة
duty-not-in-charter = لا ينص الميثاق مع هذا الطرف على واجبات الإخبار: لا يمكن إحالة شيء بموجبها.
duty-to-sent = الاطلاع على الملف بين السلطتين
duty-magistrate-only = القاضي وحده يقرر في ذلك.
duty-home = يبقى هذا الملف في عقدتنا: لا يعلم الطرف الآخر بوجوده.
duty-terms-time = تنتظر الملاحظات خلال { $x }
duty-terms-grounds = أسباب التأجيل:
review-title = رقابة القضاء
review-about = كل ما يتعلق بهذا الواجب حسب الترتيب الزمني: من قرر، وبأي صفة، ومتى، وعلى أي أساس، وما كان في الملف حينئذ. التصحيح يضاف ولا يمحو شيئا.
review-take = أخذه في وثيقة واحدة مع الإثباتات
review-matter = القضية
review-stands = الحالة
review-drawn = مستخرج من
review-charter = الميثاق الساري
review-at = حرر في
review-decisions = القرارات
review-left-out = هذا الملف أطول مما تسعه المراجعة. قيود لاحقة ليست هنا: { $x }
review-none = لم يتخذ أي قرار.
review-clocks = الآجال كما تحسبها العقدتان
review-chronology = القيود حسب الترتيب الزمني
review-place = الرقم
review-when = متى
review-what = القرار
review-by = صاحبه
review-ground = الأساس أو المآل
review-on-file = ما كان في الملف حينئذ: الأرقام
review-first = أول قيد في ملفه.
review-print = البصمة:
review-proofs = الإثباتات
review-proofs-how = يحفظ كل إثبات في وثيقة ويتحقق منه دون اتصال ودون أي عقدة:
review-proofs-home = ما لم يغادر قط ليس له إثبات من الطرف الآخر؛ غير أن قرار الإحالة مذكور ببصمته فيما غادر وثبت.
cli-duties-written = كُتب في: { $x }
cli-duties-proved = { $x } من أصل { $y } وثيقة لها إثبات بأنها لدى الطرف الآخر؛ وما لم يغادر لا إثبات له.
cli-duties-unproved = بلا إثبات: لم تغادر أو لا يجوز إخراجها
cli-duties-no-review = ليست هذه وثيقة رقابة قضائية مستخرجة.
cli-duties-other = الإثبات المرفق بالوثيقة { $x } يعود إلى قيد آخر.
cli-duties-words = نص الوثيقة { $x } ليس النص الذي وُقع.
cli-duties-proof = الوثيقة { $x }: { $y }
review-proof-take = حفظ الإثبات
terms-inform-on = تسري بين الطرفين
terms-inform-time = أجل معقول للملاحظات
terms-inform-grounds = الأسباب التي يجوز للقاضي التأجيل بها:
terms-inform-help = دون هذا الخيار لا يمكن فتح أي ملف من هذا النوع. ولا يترتب شيء من تلقاء نفسه على انقضاء أجل.
terms-compare-on = مسموح بها بين الطرفين
terms-compare-points = عدد النقط في اليوم لكل طرف (تكلف الخطوة 64 نقطة)
terms-compare-time = جواب ضابط خلال
terms-compare-help = يجوز حينئذ لكل طرف أن يسأل الآخر هل يعتزم شيئا في المكان والوقت نفسيهما. لا تغادر إلا نقط مشفرة، ولا يقول الجواب إلا هل يوجد شيء أم لا.
terms-compare-a-day = { $n ->
    [zero] لا نقط في اليوم
    [one] نقطة واحدة في اليوم
    [two] نقطتان في اليوم
    [few] { $n } نقط في اليوم
    [many] { $n } نقطة في اليوم
   *[other] { $n } نقطة في اليوم
  }
terms-compare-within = الجواب خلال { $x }
compare-title = المقارنة مع الدول الأخرى
compare-leaves = لا يغادر هذه العقدة المكان ولا الساعة ولا الاسم: نقط مشفرة فحسب لا يستطيع الطرف الآخر قراءتها. ويعلم أن مقارنة طلبت، وإن تطابق شيء فإنه يعلم أنكم تعتزمون شيئا على مقربة مما يعتزمه هو.
compare-which = المراد مقارنته:
compare-older = برنامج { $x } سابق لميزة المقارنة: لا يمكن أن يطلب منه شيء قبل تحديثه.
compare-none = لا مقارنة في هذا الملف.
compare-typed = مقارنة مكان وساعة لا يوجدان في أي خطة
compare-asked-of-us = مقارنة طلبها الطرف الآخر
compare-nothing = لا شيء مقرر على مقربة لدى الطرف الآخر، بحسب جوابه.
compare-answering = بجوابكم لا تقولون إلا هل يوجد شيء مما تعتزمونه على مقربة، ولكم من خطوات الطرف الآخر. ولا ترون خطته قبل الجواب ولا بعده.
compare-by-name = قورن بالاسم حيث لا إحداثيات: المكان نفسه باسم آخر لا يعثر عليه.
compare-near = { $n ->
    [zero] دولة أخرى تعتزم شيئا على مقربة في ذلك الوقت: اتصلوا بالمنسق.
    [one] دولة أخرى تعتزم شيئا على مقربة في ذلك الوقت (خطوة واحدة): اتصلوا بالمنسق.
    [two] دولة أخرى تعتزم شيئا على مقربة في ذلك الوقت (خطوتان): اتصلوا بالمنسق.
    [few] دولة أخرى تعتزم شيئا على مقربة في ذلك الوقت ({ $n } خطوات): اتصلوا بالمنسق.
    [many] دولة أخرى تعتزم شيئا على مقربة في ذلك الوقت ({ $n } خطوة): اتصلوا بالمنسق.
   *[other] دولة أخرى تعتزم شيئا على مقربة في ذلك الوقت ({ $n } خطوة): اتصلوا بالمنسق.
  }
compare-unreadable = لا يمكن مقارنة الجواب: اطلبوا من جديد.
link-fault-no-comparing = لا ينص الميثاق مع هذا الشريك على مقارنة ما هو مقرر: اقترحوها أولا ليوقعها الطرفان.
input-fault-compared-most = لا يسمح الميثاق بمقارنة أكثر من هذا اليوم.
input-fault-compares-nothing = لا شيء هنا له مكان ووقت قادم معا، لمدة شهر على الأكثر.
input-fault-compares-too-much = المقرر أكثر مما يمكن مقارنته دفعة واحدة.
input-fault-compares-strange = لا يمكن مقارنة ما أرسله الطرف الآخر.
link-fault-no-duties = لا ينص الميثاق مع هذا الشريك على واجبات الإخبار: اقترحوها أولا ليوقعها الطرفان.
input-fault-minutes-answered = تمت المصادقة على محضر لهذا الاجتماع أو تعديله من قبل.
input-fault-trains-imams = لا يجتمع هنا هذا الدور وهذه المصلحة.
input-fault-decision-owed = قرار قاض مستحق في هذا الملف أو لم ينفذ بعد ما تقرر: لا يغلق.
input-fault-not-ordered = يجب أن يقرر قاض الإحالة أولا في ملف حول الواجب نفسه والطرف نفسه؛ وينفذ القرار مرة واحدة.
input-fault-time-running = لم ينقض الأجل المتفق عليه منذ توصل الطرف الآخر بالطلب.
meetings-title = الاجتماعات
meetings-cadence = الوتيرة
meetings-target = المنشودة: الحد الأقصى بين اجتماع وآخر
meetings-mean = المحققة: المتوسط بين اجتماع وآخر
meetings-longest = أطول مدة بلا اجتماع
meetings-year = اجتماعات الأشهر الاثني عشر الأخيرة
meetings-year-before = { $x } (في الأشهر الاثني عشر السابقة: { $y })
meetings-all = مجموع الاجتماعات
meetings-last = آخر اجتماع
meetings-due = موعد الاجتماع المقبل المستحق
meetings-late = لم يدع إلى أي اجتماع
meetings-no-figure = ليس بعد
meetings-agenda = جدول الأعمال
meetings-no-next = لم يدع إلى أي اجتماع: هذا ما كان سينظر فيه اليوم.
meetings-agenda-empty = لا شيء متأخر أو متنازع فيه أو مستحق قبل ذلك.
meetings-escalated = أحالته التذكيرات إلى الاجتماع
meetings-contested = متنازع فيه
meetings-overdue = متأخر
meetings-due-before = مستحق قبل الاجتماع
meetings-held = الاجتماعات المدعو إليها والمنعقدة
meetings-none = لم يدع إلى أي اجتماع بعد.
meetings-ahead = مقبل
meetings-unminuted = بلا محضر
meetings-minuted = محضر مقترح
meetings-approved = محضر مصادق عليه
meetings-moved = مؤجل إلى موعد آخر
meetings-cancelled = ملغى
meetings-unknown = تاريخ غير معروف
meetings-file = إضافة إلى التقويم
meetings-minutes = المحضر
meetings-held-on = انعقد في
meetings-present = الحاضرون:
meetings-to-minutes = فتح المحضر
meetings-dates = التواريخ المقترحة
meetings-suits = يناسب الجميع
meetings-unprinted = الموضوع لا يطبع
meetings-minute = كتابة المحضر
meetings-move = تأجيل
meetings-cancel = إلغاء
meetings-called = تمت الدعوة إليه
meetings-call-then = الدعوة في هذا اليوم
meetings-decisions = القرارات
meetings-no-decision = لم يدون أي قرار.
meetings-days = { $n ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
    }
meetings-to-page = العودة إلى الاجتماعات
meetings-on-paper = على الورق بلغات الاجتماع
meetings-follow-up = مآل القرارات
meetings-interpreted = مع ترجمة شفوية
meetings-approvals = المصادقة
meetings-written-by = حررته
meetings-approved-by = صادقت عليه
meetings-one-language = لم يحرر بهذه اللغة.
meetings-works = يوم عمل
meetings-free = إيجاد تاريخ
meetings-free-why = أيام العمل المقبلة المشتركة بين جميع دول الملف بحسب أسابيع عملها وعطلها. لا يطلع على مفكرة أحد ولا تعرض.
meetings-free-from = ابتداء من
meetings-free-at = الساعة (بتوقيت { $x })
meetings-free-look = بحث
meetings-free-unknown = لا تعرف هذه العقدة أيام عمل كل دولة: تحققوا قبل الاقتراح.
meetings-free-none = لا يوجد يوم عمل مشترك في الأشهر الثلاثة المقبلة.
meetings-free-propose = اقتراح هذه التواريخ
hijri-computed = تاريخ محسوب، قد يختلف بيوم
hijri-day = { $x } هـ
hijri-1 = محرم
hijri-2 = صفر
hijri-3 = ربيع الأول
hijri-4 = ربيع الآخر
hijri-5 = جمادى الأولى
hijri-6 = جمادى الآخرة
hijri-7 = رجب
hijri-8 = شعبان
hijri-9 = رمضان
hijri-10 = شوال
hijri-11 = ذو القعدة
hijri-12 = ذو الحجة
meetings-take = الجواب بوثيقة من التقويم
meetings-take-why = وثيقة الجواب (‎.ics) التي كتبها تقويمكم تملأ الاستمارة المعتادة؛ ولا يرسل شيء قبل أن تراجعوها وترسلوها.
meetings-take-file = وثيقة الجواب
meetings-take-read = قراءة
meetings-take-unreadable = هذه الوثيقة ليست تقويما مقروءا.
meetings-take-no-answer = هذه الوثيقة ليست جوابا عن دعوة: يلزمها الأسلوب REPLY أو COUNTER.
meetings-take-not-one = هذه الوثيقة لا تخص اجتماعا واحدا، أو ليست جواب مدعو واحد.
meetings-take-of-none = لا تجيب هذه الوثيقة عن أي اجتماع من اجتماعات هذا الملف.
meetings-take-older = تغير الاجتماع منذ ذلك: أعيدوا أخذ وثيقة تقويمه ثم أجيبوا من جديد.
meetings-take-over = ألغي هذا الاجتماع أو فات موعده.
meetings-take-nothing-asked = لم يعد ينتظر من مصالحكم جواب عن هذه الدعوة.
meetings-take-undecided = هذه الوثيقة لا تقبل ولا تعتذر: «ربما» ليست جوابا عن دعوة.
meetings-take-no-time = الوقت المقترح غير مؤكد (منطقة زمنية مجهولة أو غائبة)، أو أنه فات.
meetings-minutes-long = { $n ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
    }
# Programmes
programme-title = برنامج
programme-not-readable = النص غير مقروء هنا: ينتظر شرطا أو تم محوه
programme-phase = المرحلة
programme-signed = اتفاق وقعه الجميع
programme-idea = الفكرة
programme-owners = المسؤولون
programme-owed = ما ينتظر من كل طرف
programme-nothing-owed = لا شيء
programme-commitments = الالتزامات التي يستجيب لها
programme-clauses = الاتفاق بندا بندا
programme-no-clause = لم يقترح أي بند بعد.
programme-accepted = مقبول
programme-unread-clause = هناك بند مقبول لا يمكن قراءته هنا: لا يمكن تحديد البنود السارية. ولا يحرر شيء ولا يوقع قبل أن يقرأ أو يحل محله بند آخر مقبول.
programme-twice-numbered = بندان مقبولان بالرقم نفسه: يحل أحدهما محل الآخر قبل أي توقيع.
programme-perhaps = مقبول، ولا يمكن هنا معرفة ما إذا كان لا يزال ساريا
programme-replaced = قبل ثم عوض
programme-proposed = ينتظر جوابا
programme-countered = اقترحت صياغة أخرى
programme-refused = مرفوض أو مسحوب
programme-change = اقتراح صياغة أخرى لهذه المادة
programme-starts = البدء من بند نموذجي (لا يقترح شيء قبل الإرسال)
programme-versions = الصيغ المعروضة للتوقيع والموقعة
programme-no-version = لم تعرض أي صيغة للتوقيع بعد.
programme-version = صيغة البنود المقبولة
programme-version-signed = وقعه الجميع
programme-version-waits = تنتظر توقيعا
programme-version-not = دون اتفاق
programme-version-unread = لا يمكن قراءته هنا
programme-unsound = لا تضم بنودا مقبولة فحسب: دون أثر
programme-signed-by = وقعتها
programme-cohorts = الأفواج
programme-no-cohort = لم يفتح أي فوج.
programme-planned = المتوقع:
programme-figures = أرقام الفوج
programme-of = المشاركون
programme-given = المقدمة
programme-here = المحصاة هنا ولا ترى إلا هنا
programme-judged = الدورة في رأي المشاركين عند النهاية
programme-judged-later = الدورة في رأي المشاركين بعد 3 إلى 6 أشهر
programme-question = السؤال
programme-curriculum = المواد واللغات
programme-follow-up = تتبع الاتفاق
programme-later-awaited = تقييم الدورة بعد ثلاثة إلى ستة أشهر منتظر من { $x } إلى { $y }.
programme-later-late = كان تقييم الدورة بعد ثلاثة إلى ستة أشهر منتظرا من { $x } إلى { $y }، ولم يقدم.
programme-entry = عرض القيد
programme-more = في الملف غيرها.
programme-costs = النفقات
programme-results = النتائج والتقييمات
programme-means = بإرسال هذا القيد تلزمون دولتكم بهذه البنود. ولا يسري الاتفاق إلا بعد توقيع الجميع. ولا رجوع في التوقيع.
programme-places = { $n ->
    [zero] دون مقاعد
    [one] مقعد واحد
    [two] مقعدان
    [few] { $n } مقاعد
    [many] { $n } مقعدا
   *[other] { $n } مقعد
    }
programme-sessions = { $n ->
    [zero] دون حصص
    [one] حصة واحدة
    [two] حصتان
    [few] { $n } حصص
    [many] { $n } حصة
   *[other] { $n } حصة
    }
programme-article = المادة { $n }
programme-agreement = الاتفاق
programme-paper = قراءة الاتفاق على الورق في أعمدة
programme-to-page = العودة إلى البرنامج
programme-draft = مشروع: البنود المقبولة إلى الآن
programme-unsigned = لم يعرض أي نص للتوقيع بعد.
programme-version-replaced = وقعت ثم عوضت
programme-digest = بصمة البنود:
programme-claim = التصريح بالوفاء بالالتزام، وهذا الاتفاق دليل عليه
programme-kept = الاتفاق موقع من الجميع وساري المفعول.
programme-kept-cohort = فوج مفتوح: { $x }، { $y }.
point-evidence = الأدلة المقدمة
point-claimed-by = صرحت به
point-programme = برنامج يستجيب له:
point-study = عرض برنامج للدراسة
evidence-signed = اتفاق موقع من الجميع
evidence-unsigned = اتفاق لم يوقعه الجميع
commitments-title = تتبع الالتزامات
commitments-report = تقرير إلى الاجتماع الرفيع المستوى المقبل
commitments-chain = مسار الالتزام
commitments-counts = يحسب كل عدد ما وعد به طرف واحد: التزام الطرفين يحسب مرتين.
commitments-theme = المحور
commitments-side = الطرف
commitments-all = الكل
commitments-total = المجموع
commitments-none = لا يوجد التزام يطابق هذا الاختيار.
commitments-list = الالتزامات
commitments-open = لم يصرح بشيء
commitments-late = انقضى الأجل
commitments-claimed = صرح به طرف واحد
commitments-agreed = منجز باتفاق الطرفين
commitments-ended = منته على وجه آخر
commitments-contested = محل اعتراض
commitments-tied-by = ربطه
commitments-alike = يكاد يقول الشيء نفسه، ولم يربطهما أحد:
commitments-decide = الربط أو عدمه: القرار لكم
commitments-agreed-figures = متفق عليه بين الطرفين
commitments-unagreed-figures = صرح به طرف واحد فقط
commitments-promised = الموعود به
commitments-evidence = الأدلة
commitments-cut = ترتبط بهذا الالتزام برامج أو أدلة أخرى: لا يعرض إلا أولها.
commitments-no-evidence = لم يقدم دليل
commitments-print-barred = شرط صاحبه يمنع طباعته.
commitments-made = أعد انطلاقا من السجل المشترك.
commitments-selection = عرض جزئي حسب:
commitments-evidence-of = أدلة قدمها
figures-title = الأرقام
figures-state = التصريح برقم
figures-later = التصريح برقم أحدث
figures-agreed = متفق عليه
figures-differ = غير متفق عليه
figures-waiting = في انتظار الطرف الآخر
figures-one-sided = من طرف واحد
figures-unread = رقم غير مقروء
figures-until = إلى غاية { $x }
figures-period = من { $x } إلى { $y }
figures-of = الأرقام المتفق عليها: { $x } من أصل { $y }
figures-agreed-of-all = أرقام متفق عليها
figures-agreed-title = الأرقام المتفق عليها بين الطرفين
figures-not-agreed-title = الأرقام غير المتفق عليها، جنبا إلى جنب
figures-said-by = حسب { $x }
figures-what = ما يحسب
commitments-only-fr = (النص بالفرنسية فقط)
commitments-only-ar = (النص بالعربية فقط)
commitments-only-en = (النص بالإنجليزية فقط)
commitments-and-promises = الالتزامات: { $x }، الوعود: { $y }
figures-many = { $x }: { $y }
figures-alone-title = أرقام طرف واحد دون جواب الطرف الآخر
figures-stands = الوضع
figures-barred = أرقام أخرى يمنع شرط صاحبها طباعتها.
point-rhythm = الوتيرة

# Lessons
lessons-title = الدروس المستخلصة
lessons-none = لم تقدم أي ملاحظة بعد.
lessons-waiting = جارية
lessons-learned = مستفادة
lessons-closed = مغلقة
lessons-observe = تقديم ملاحظة ميدانية انطلاقا من هذا القيد
lessons-observe-filled = تفتح الاستمارة معبأة بهذا النص وبمصدره. ولا يكتب شيء قبل الإرسال.
lessons-observe-anew = هذا النص لغاية أخرى، فلا ينتقل من تلقاء نفسه إلى سجل دروس. تفتح الاستمارة فارغة؛ اكتبوا الوقائع دون ذكر شخص أو قضية.
lessons-observe-where = في أي سجل
lessons-observe-nowhere = لا تشاركون في أي سجل دروس يمكنكم الكتابة فيه.
lessons-to-entry = العودة إلى القيد
lessons-near = دروس قريبة
lessons-before = قبل الفتح: ما سبق تعلمه
lessons-words = كلمات الموضوع
lessons-find = البحث عن الدروس
lessons-none-near = لا درس قريب في السجلات التي تشاركون فيها.
zone-by = بتوقيت { $x }
zone-twice = تتكرر هذه الساعة مرتين في تلك الليلة. أيهما؟
zone-first = الأولى (UTC{ $x })
zone-second = الثانية (UTC{ $x })
named-erased = ممحو
form-written = كتب { $x } من { $y }
agreement-half = { $n ->
    [zero] كل البنود مكتوبة باللغتين.
    [one] بند واحد مكتوب بلغة واحدة فقط.
    [two] بندان مكتوبان بلغة واحدة فقط.
    [few] { $n } بنود مكتوبة بلغة واحدة فقط.
    [many] { $n } بندا مكتوبا بلغة واحدة فقط.
   *[other] { $n } بند مكتوب بلغة واحدة فقط.
}
erase-sure-entry = نعم، إتلاف هذا القيد وما أشر عليه معه
erase-sure-file = نعم، إتلاف هذا المرفق
erase-sure-all = نعم، إتلاف كل ما كتبته عقدتنا في هذا الملف
erase-file = محو هذا المرفق
erase-all = محو كل ما كتبته عقدتنا هنا
expired-sure = نعم، إتلاف كل ما تحتفظ به هذه العقدة من الملف
package-facet = تفاصيل: { $x }

# The balance as a page
balance = الحصيلة
balance-paper = على الورق بلغتين
balance-year = في سنة { $x }
balance-year-running = في سنة { $x } إلى حد الآن
balance-said = { $asked ->
    [0] لم يُطلب شيء من { $x }.
    [one] طُلب من { $x } مرة واحدة، والأجوبة: { $answered }.
    [two] طُلب من { $x } مرتين، والأجوبة: { $answered }.
    [few] طُلب من { $x } { $asked } مرات، والأجوبة: { $answered }.
    [many] طُلب من { $x } { $asked } مرة، والأجوبة: { $answered }.
   *[other] طُلب من { $x } { $asked } مرة، والأجوبة: { $answered }.
}
balance-said-on-time = المنتهية في الأجل: { $x }
balance-said-overdue = المتأخرة الآن: { $n }
balance-said-refused = المرفوضة بسبب مبين: { $n }
balance-said-feedback = الإفادات المقدمة: { $x }
balance-said-kept = { $made ->
    [one] التزام واحد
    [two] التزامان
    [few] { $made } التزامات
    [many] { $made } التزاما
   *[other] { $made } التزام
} (ما أقر الطرفان بإنجازه: { $agreed }؛ والمصرح به من هذا الطرف: { $claimed }؛ والمنقضي أجله: { $late })
balance-met = { $n ->
    [0] لم يعقد أي اجتماع.
    [one] عقد اجتماع واحد.
    [two] عقد اجتماعان.
    [few] عقدت { $n } اجتماعات.
    [many] عقد { $n } اجتماعا.
   *[other] عقد { $n } اجتماع.
}
balance-met-target = { $n ->
    [one] تستهدف السلاسل المفتوحة اجتماعا واحدا في السنة.
    [two] تستهدف السلاسل المفتوحة اجتماعين في السنة.
    [few] تستهدف السلاسل المفتوحة { $n } اجتماعات في السنة.
    [many] تستهدف السلاسل المفتوحة { $n } اجتماعا في السنة.
   *[other] تستهدف السلاسل المفتوحة { $n } اجتماع في السنة.
}
balance-all = كل الأرقام
balance-standing = ما آل إليه ما طُلب
balance-by-year = الطلبات سنة بعد سنة
balance-of-year = السنة
balance-on-time = المنتهية في الأجل بالمئة
balance-feedback = الإفادات المقدمة بالمئة
balance-by-kind = الطلبات حسب نوع الملف
balance-kind = النوع
balance-service = المصلحة
balance-side = الطرف
balance-meetings = الاجتماعات المنعقدة
balance-held = الاجتماعات
balance-commitments = الالتزامات المعلنة في هذه المدة
balance-by-theme = التزامات الطرفين بحسب المحور
balance-theme-years = الالتزامات المنجزة بحسب المحور وسنة إعلانها
balance-kept = الالتزامات المنجزة بالمئة
balance-decisions = قرارات الاجتماعات
balance-definitions = ما تعنيه الأرقام
fig-claimed = منها ما صُرح بإنجازه ولم يتفق عليه بعد
fig-partly = منها ما أجيب عن جزء منه
fig-contested = المتنازع فيها
fig-running = المفتوحة غير المتأخرة
plot-figures = الأرقام
plot-running = * لم تنته السنة بعد.
def-asked = كل ما طلبه طرف من الآخر في هذه المدة، بحسب يوم كتابته، في الملفات المشتركة بينهما. أما الحالة فهي حالته الآن.
def-answered = ما انتهى بجواب أو صُرح بإنجازه. ويحسب الرفض المعلل على حدة، وكذلك ما سحبه صاحبه أو تنازل عنه.
def-on-time = مما أجيب عنه أو رُفض وكان له أجل: ما انتهى عند حلول الأجل، بالساعة، أو قبله. ولا يدخل فيه ما تركه صاحبه.
def-overdue = انقضى الأجل والدور على الطرف المدين. وما صُرح بإنجازه ينتظر الطرف الآخر.
def-feedback = ما آل إليه ما قُدم: يُطلب من الطرف الذي تلقاه. و«دون استعمال» إفادة أيضا.
def-meetings = الاجتماعات التي عرض أحد الطرفين محضرها وصادق عليه الآخر أو عدّله، بحسب يوم عرضه؛ والمحضر المعدل يحسب مرة واحدة. ولا تحسب المحاضر المعروضة فقط ولا المرفوضة ولا المتنازل عنها ولا المسحوبة. ولكل اجتماع محضر واحد يصادق عليه أو يعدل؛ وإذا تقاطع محضران وتمت المصادقة على كليهما حسبا مرتين.
def-commitments = ما وعد به كل طرف في تصريحات هذه المدة. ويعد منجزا إذا اتفق الطرفان؛ أما قول طرف إنه أنجز، أو جوابه، فقول طرف واحد. والنسبة المئوية مما وعد به ولم يتنازل عنه الطرف الآخر.
def-by-theme = الالتزامات نفسها بحسب موضوع كل نقطة. يقرأ المحور في نص التصريحات، فلا يعرض إلا لمن يحق له قراءة جميع النقاط المحسوبة، وهو عندئذ نفسه لدى الطرفين. ومجموع المحاور هو مجموع الالتزامات. «2 من 5»: من خمسة التزامات أعلنت في تلك السنة اتفق الطرفان على إنجاز اثنين.
def-years = سنوات ميلادية بالتوقيت العالمي، بحسب يوم الطلب؛ وتعرض كل سنة على حالها اليوم. عشر سنوات على الأكثر.
def-left-out-name = ما لا يدخل فيها
def-left-out = ما يتعلق بأشخاص خلف جدار. وتعرض حقوق الأشخاص على حدة في الصفحة لمن يحق له الاطلاع عليها؛ أما الإنقاذ والدعم فلا يردان هنا في أي موضع.

## Notices
notices = الإشعارات بالبريد
notices-why = يمكن أن تخبركم Entente بالبريد الإلكتروني بما ينتظركم. والبريد يمر بخوادم أخرى، فلا يقول أبدا أكثر مما تسمح به درجته.
notices-open = ضبط إشعاراتي
notices-back = العودة إلى حسابي
notices-off = هذه العقدة لا ترسل بريدا: لم يعين مشغلها أي خادم.
notices-class = يحمل البريد درجة «{ $x }» على الأكثر. أما الملف الأعلى درجة فلا يذكر منه إلا أعداد.
notices-address = عنوان البريد
notices-elsewhere = لا يرسل أي بريد إلى هذا العنوان: لا يسمح مشغل هذه العقدة إلا بنطاقات أخرى. أدخل عنوانا منها.
notices-confirmed = مؤكد
notices-none = لا عنوان مؤكدا: لا يرسل شيء.
notices-told = آخر إشعار:
notices-sent = أرسل رمز إلى
notices-until = يصلح إلى غاية
notices-code = الرمز المتوصل به
notices-confirm = تأكيد العنوان
notices-other = تغيير العنوان
notices-ask = إرسال رمز إلى هذا العنوان
notices-remove = حذف العنوان
notices-remove-how = لا يرسل بعد ذلك شيء، ابتداء من هذه اللحظة.
notices-unreachable = خادم البريد لا يجيب، وتعاد المحاولة. آخر محاولة:
notices-untrusted = لم يثبت خادم البريد هويته، فلا يسلم إليه شيء. آخر محاولة:
notices-credentials = يرفض خادم البريد بيانات دخول هذه العقدة: أخبروا مشغلها. آخر محاولة:
notices-later = يؤجل خادم البريد الإرسال، وتعاد المحاولة. آخر محاولة:
notices-refused = رفض خادم البريد الرسالة الأخيرة: تحققوا من العنوان. المحاولة:
notices-times = المواعيد
notices-frequency = الملخص
notices-hour = على الساعة
notices-at-once = وكذلك فورا عندما يتأخر التزام
notices-quiet = ساعات الراحة
notices-quiet-from = لا شيء ابتداء من
notices-quiet-to = ويستأنف ابتداء من
notices-no-hour = بدون
notices-rests = ولا يرسل شيء كذلك في أيام العطل بدولتكم.
notices-urgent = يمكن أن يتجاوزها ما هو مستعجل ومتأخر، مع اختيار الإرسال فورا
notices-zone = المنطقة الزمنية
notices-save = حفظ هذه المواعيد
notices-preview = ما ستقوله الرسالة المقبلة
notices-next = الرسالة المقبلة:
notices-no-next = لا إرسال مبرمجا.
notices-empty = ليس هناك ما يقال: لن ترسل أي رسالة.
mail-subject = Entente { $x }: ملخص
mail-subject-code = Entente { $x }: رمز
mail-code = رمز تأكيد هذا العنوان: { $x }
mail-not-asked = هذا الرمز صالح ساعة واحدة. وإن لم تطلبوه فلا تفعلوا شيئا: لن يرسل إليكم شيء.
mail-overdue = { $n ->
    [zero] لا التزام متأخرا.
    [one] التزام واحد متأخر.
    [two] التزامان متأخران.
    [few] { $n } التزامات متأخرة.
    [many] { $n } التزاما متأخرا.
   *[other] { $n } التزام متأخر.
    }
mail-soon = { $n ->
    [zero] لا التزام يحل أجله خلال 7 أيام.
    [one] التزام واحد يحل أجله خلال 7 أيام.
    [two] التزامان يحل أجلهما خلال 7 أيام.
    [few] { $n } التزامات يحل أجلها خلال 7 أيام.
    [many] { $n } التزاما يحل أجلها خلال 7 أيام.
   *[other] { $n } التزام يحل أجله خلال 7 أيام.
    }
mail-later = { $n ->
    [zero] لا التزام آخر مفتوحا.
    [one] التزام آخر مفتوح.
    [two] التزامان آخران مفتوحان.
    [few] { $n } التزامات أخرى مفتوحة.
    [many] { $n } التزاما آخر مفتوحا.
   *[other] { $n } التزام آخر مفتوح.
    }
mail-fresh = { $n ->
    [zero] لا جديد في أي ملف.
    [one] جديد في ملف واحد.
    [two] جديد في ملفين.
    [few] { $n } ملفات فيها جديد.
    [many] { $n } ملفا فيها جديد.
   *[other] { $n } ملف فيه جديد.
    }
mail-meetings = { $n ->
    [zero] لا اجتماع خلال 7 أيام.
    [one] اجتماع واحد خلال 7 أيام.
    [two] اجتماعان خلال 7 أيام.
    [few] { $n } اجتماعات خلال 7 أيام.
    [many] { $n } اجتماعا خلال 7 أيام.
   *[other] { $n } اجتماع خلال 7 أيام.
    }
mail-something = هناك أمر آخر ينتظركم.
mail-nothing = لا شيء ينتظركم.
mail-due = الأجل: { $x } بالتوقيت العالمي
mail-was-due = متأخر منذ { $x } بالتوقيت العالمي
mail-open = لمعرفة المزيد افتحوا Entente.
mail-stop = هذه رسالة آلية، لا تجيبوا عنها. يمكنكم ضبطها أو إيقافها في «حسابي».
people-fault-mail-address = هذا ليس عنوان بريد مثل name@mail.example.
people-fault-mail-domain = لا ترسل هذه العقدة البريد إلا إلى نطاقات اختارها مشغلها، وليس هذا النطاق منها.
people-fault-mail-codes-most = لا ترسل رموز أخرى اليوم: عودوا غدا.
people-fault-mail-code-wrong = ليس هذا هو الرمز المرسل، أو لم يعد أي رمز منتظرا: اطلبوا إرسال رمز آخر.
people-fault-mail-hours = لا يمكن اختيار هذه الساعات أو هذه المنطقة الزمنية.
people-fault-no-mail = هذه العقدة لا ترسل بريدا.
cli-mail-taken = قبل خادم البريد الرسالة.
cli-mail-failed = لم ترسل الرسالة: { $x }.
feed = تقويمي
feed-why = يمكن لبرنامج تقويم أن يجلب اجتماعاتكم وآجالكم من عنوان سري دون تسجيل الدخول. يبقى التقويم على أجهزتكم ويمر بخوادم أخرى: لا يقول أبدا أكثر مما تسمح به درجته.
feed-open = ضبط تقويمي
feed-off = هذه العقدة لا تسلم تقويما: لم يسمح بذلك مشغلها.
feed-class = يحمل التقويم درجة «{ $x }» على الأكثر. أما الملفات ذات الدرجة الأعلى فلا يذكر منها إلا أعدادا لكل يوم.
feed-address = عنوان التقويم
feed-none = ليس لكم عنوان: لا يخرج أي تقويم من هنا.
feed-made = أنشئ في
feed-ends = ينتهي في
feed-fetched = آخر جلب
feed-never = أبدا
feed-make = إنشاء العنوان
feed-other = إنشاء عنوان آخر
feed-other-how = عندئذ يتوقف العنوان الحالي فورا.
feed-revoke = إلغاء العنوان
feed-revoke-how = يتوقف العنوان فورا. ما جلب من قبل يبقى على أجهزتكم.
feed-give = أضيفوا هذا العنوان إلى برنامج التقويم لديكم:
feed-once = لا يعرض إلا هذه المرة. من عرفه قرأ تقويمكم: لا تعطوه لأحد. ينتهي بعد 180 يوما، وقبل ذلك إذا غيرتم كلمة المرور أو عامل التحقق الثاني أو حسابكم لدى مزود، أو أنهيتم جلساتكم الأخرى.
feed-back = العودة إلى تقويمي
people-fault-no-feed = هذه العقدة لا تسلم تقويما.
all-meetings = كل الاجتماعات
all-meetings-ahead = الاجتماعات المقبلة
all-meetings-none = لا تعملون في أي سلسلة اجتماعات.
all-meetings-series = السلسلة
all-meetings-search = بحث في القرارات
all-meetings-open = القرارات التي لا تزال مفتوحة، من كل السلاسل.
all-meetings-found = القرارات التي عثر عليها، مفتوحة كانت أم لا.
all-meetings-no-next = لم يدع إلى أي اجتماع.
all-meetings-no-open = لا يوجد قرار مفتوح.
all-meetings-no-hit = لا يوجد قرار يتضمن هذه الكلمات.
feed-programs = البرامج التي جلبته
feed-persons = أما الإنقاذ والدعم وحقوق الأشخاص فلا يقول عنها إلا أن أمرا ينتظركم.
