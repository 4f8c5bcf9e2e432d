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
