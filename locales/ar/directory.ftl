### الدليل: من يقدر على المساعدة، والملفّات الشخصيّة

directory-title = الدليل
directory-lead = أشخاص وجمعيّات من الحلقة، مستعدّون لتقاسم ما يعرفونه.
directory-tab-help = من يساعدني؟
directory-tab-organisations = الجمعيّات
directory-who = من يقدر أن يساعدني في…
directory-who-example = المحاسبة، النظام الأساسي، المناصرة…
directory-module = وحدة أنهاها
directory-skills-in-use = مهارات تُذكر كثيرًا
directory-people = الأشخاص
directory-organisations = الجمعيّات
directory-nobody = لم يعرض أحد مساعدته بعد
directory-nobody-text = جرّب كلمة أخرى أو قلّل من التصفية. وأنت: بماذا يمكنك أن تساعد؟
directory-sign-in = سجّل الدخول لترى من يعرضون مساعدتهم: فهم لا يظهرون إلّا لأهل الحلقة.
directory-why = لماذا هذا الشخص
directory-why-skill = يتقن: { $skill }
directory-why-says = يعرض ذلك في تقديمه لنفسه
directory-why-solved = { $count ->
    [zero] لا حلول مقبولة: «{ $heading }»
    [one] وجد حلًّا لسؤال «{ $heading }»
    [two] حلّان مقبولان، منهما «{ $heading }»
    [few] { $count } حلول مقبولة، منها «{ $heading }»
    [many] { $count } حلًّا مقبولًا، منها «{ $heading }»
   *[other] { $count } حلّ مقبول، منها «{ $heading }»
}
directory-why-completed = أنهى وحدة «{ $heading }»
directory-you = هذه صفحتك كما يراها الآخرون.
directory-helps = يمكنني المساعدة في
directory-skills = المهارات
directory-modules = الوحدات المنجزة
directory-solutions = إجابات مقبولة
directory-updated = آخر تحيين في

# ملفّي
directory-profile = ملفّي في الدليل
directory-profile-lead = قل ما تتقنه: قد تحتاج إليه جمعيّات أخرى. لا يظهر شيء دون موافقتك.
directory-as-seen = عرض صفحتي كما يراها الآخرون
directory-shown = من يرى ملفّي
directory-shown-to = إظهار ملفّي
directory-shown-hint = لا يظهر عنوانك الإلكتروني أبدًا: يكتب لك الناس عبر المنصّة.
directory-shown-nobody = لا أحد
directory-shown-members = لأعضاء الجمعيّات وفريق البرنامج
directory-shown-accounts = لكلّ من سجّل الدخول
directory-what = ما أقوله عن نفسي
directory-about = من أنا
directory-about-hint = في جملتين: ماذا تفعل، وماذا يهمّك.
directory-helps-hint = مثلًا: مراجعة ميزانيّة، إعداد جلسة عامّة، التحدّث أمام الناس.
directory-skills-offered = ما ذكره آخرون من قبل.
directory-skills-more = مهارات أخرى
directory-skills-hint = تفصل بينها فواصل. اثنتا عشرة مهارة على الأكثر.
directory-languages = اللغات التي أتكلّمها
directory-no-region = دون تحديد
directory-shows-organisation = إظهار الجمعيّات التي أنتمي إليها
directory-shows-modules = إظهار الوحدات التي أنهيتها
flash-profile-kept = تمّ حفظ ملفّك.
form-too-many-skills = اثنتا عشرة مهارة على الأكثر: احتفظ بالأهمّ.
field-helps = يمكنني المساعدة في
field-skills = مهارات أخرى

# الرسائل
directory-write = مراسلة
directory-write-to = رسالة إلى { $name }
directory-write-lead = تمرّ رسالتك عبر المنصّة: لا يظهر أيّ عنوان، لا عنوانك ولا عنوانه.
directory-subject = الموضوع
directory-body = الرسالة
directory-body-hint = قل من أنت، وعمّ تبحث، ومتى تحتاجه.
directory-messages = الرسائل
directory-messages-lead = محادثاتك مع أشخاص وجمعيّات من الدليل.
directory-no-messages = لا رسائل إلى الآن
directory-no-messages-text = ابحث في الدليل عمّن يساعدك، واكتب له.
directory-unread = { $count ->
    [zero] لا جديد
    [one] رسالة جديدة
    [two] رسالتان جديدتان
    [few] { $count } رسائل جديدة
    [many] { $count } رسالة جديدة
   *[other] { $count } رسالة جديدة
}
directory-with = مع
directory-me = أنت
directory-somebody = شخص ما
directory-speaking-for = تجيب باسم { $organisation }: هذا هو الاسم الذي يظهر.
directory-message-hidden = حجب الفريق هذه الرسالة.
directory-answer = جوابك
directory-gone = لا يستقبل هذا الشخص رسائل في الوقت الحالي.
directory-block = عدم استقبال رسائله
directory-blocked = لم تعد رسائله تصلك. وهو لا يعلم بذلك.
directory-unblock = استقبال رسائله من جديد
directory-report = إبلاغ
directory-report-why = السبب
directory-report-note = توضيح (اختياري)
directory-report-send = إبلاغ الفريق
directory-reports = رسائل مُبلّغ عنها
directory-reports-lead = ترى الرسالة المبلّغ عنها فقط، لا المحادثة.
flash-message-sent = أُرسلت الرسالة. يصل الجواب هنا، وتُعلمك رسالة بريد.
flash-blocked = تمّ: لن تصلك رسائله.
flash-unblocked = تمّ: ستصلك رسائله من جديد.
flash-reported = شكرًا: سينظر الفريق في هذه الرسالة.
error-too-many-messages-title = رسائل كثيرة في وقت قصير
error-too-many-messages-body = خذ استراحة ثمّ واصل: عشر محادثات جديدة في اليوم، وثلاثون رسالة في الساعة.
error-message-unanswered-title = رسالتك تنتظر الجواب
error-message-unanswered-body = كتبت ثلاث مرّات: اترك للآخر وقتًا ليجيب.
error-nobody-answers-title = لا أحد يجيب بعد عن هذه الجمعيّة
error-nobody-answers-body = ليس لها منسّق في الوقت الحالي. اكتب إلى مكتبكم الجهوي.
field-subject = الموضوع
directory-mail-message-subject = رسالة لك من { $from } على حلقة
directory-mail-message-body = مرحبًا { $name }،

    وصلتك رسالة من { $from } على حلقة. اقرأها وأجب على المنصّة: لا يظهر عنوانك لأحد.
directory-mail-message-action = قراءة الرسالة

# Partage
directory-share = مشاركة هذه الصفحة
directory-share-link = نسخ العنوان
directory-share-whatsapp = WhatsApp
directory-share-facebook = Facebook
directory-share-linkedin = LinkedIn
directory-share-x = X
directory-share-alt = { $kind }: { $title }
directory-share-module = وحدة تعلّم
directory-share-seminar = ندوة
directory-share-organisation = منظمة
directory-share-space = فضاء
directory-share-question = سؤال
directory-share-discussion = نقاش
directory-share-action = نشاط
