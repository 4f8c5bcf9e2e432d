### Organisations

organisations-title = دليل المنظمات
organisations-lead = جمعيات وشبكات وهياكل عمومية من الحلقة، جهة بجهة.
organisations-new = إضافة منظمة
organisations-edit = وصف المنظمة
organisations-all = الكل
organisations-search = الاسم أو الولاية
organisations-results = المنظمات الموجودة
organisations-name = الاسم
organisations-region = الجهة
organisations-governorate = الولاية
organisations-about = نشاطها
organisations-axis = المحور
organisations-axes = المحاور
organisations-kind = النوع
organisations-kind-association = جمعية
organisations-kind-network = شبكة
organisations-kind-public-actor = هيكل عمومي
organisations-verified = متحقق منها
organisations-verify = تأكيد التحقق
organisations-unverify = سحب التحقق
organisations-none = لا توجد منظمة
organisations-none-text = وسّع البحث: مرشحات أقل أو جزء من الاسم.
organisations-tab-about = تعريف
organisations-tab-members = الأعضاء
organisations-tab-progress = التقدم
organisations-since = منذ
organisations-until = إلى
organisations-past = غادر
organisations-coordinator = تنسيق
organisations-invited = أُرسلت الدعوة
organisations-make-coordinator = تكليف بالتنسيق
organisations-make-member = سحب التنسيق
organisations-end = إنهاء العضوية
organisations-invite = دعوة شخص
organisations-invite-send = إرسال الدعوة
flash-member-invited = تم: أصبح الشخص عضوا، وتصله رسالة دعوة إن لم يكن له حساب.
error-last-coordinator-title = هذا آخر منسق
error-last-coordinator-body = كلّف شخصا آخر بالتنسيق أولا: لا تبقى المنظمة دون منسق.
organisations-members-count = { $count ->
    [0] الأعضاء
    [one] عضو واحد
    [two] عضوان
    [few] { $count } أعضاء
    [many] { $count } عضوا
   *[other] { $count } عضو
}
organisations-no-members = لا أحد بعد: ابدأ بدعوة من سيتولى التنسيق.
organisations-past-members = أعضاء سابقون
organisations-past-text = ما تعلمه هؤلاء خلال عضويتهم يبقى محتسبا للمنظمة.
organisations-change-of = تعديل عضوية { $name }
organisations-invite-text = يصبح الشخص عضوا فورا. وإن لم يكن له حساب، تصله رسالة لاختيار كلمة سر.
organisations-no-about = لم تعرّف هذه المنظمة بنفسها بعد.

# الاحتجاب والثقة
organisations-resting = جمعيّتكم محتجبة
organisations-resting-text = لا يراها أحد غيركم: لا صفحتها ولا أعضاءها ولا ما كتبوه. لم يضع شيء.
organisations-wake = إنهاء الاحتجاب
organisations-rest = حجب الجمعيّة مؤقّتًا
organisations-rest-text = في لحظة واحدة تختفي جمعيّتكم وأعضاؤها وكلّ ما نشروه عن الآخرين: الصفحات والقوائم والبحث وخيوط الاشتراك. يحتفظ أعضاؤكم بحساباتهم ووحداتهم.
organisations-rest-back = يمكنكم إنهاء ذلك متى شئتم: يعود كلّ شيء كما كان.
organisations-rest-now = احجبوها الآن
organisations-trust = نشر وثائقها دون مصادقة
organisations-untrust = إعادة المصادقة على وثائقها
flash-resting = تمّ: جمعيّتكم محتجبة الآن.
flash-awake = أصبحت جمعيّتكم ظاهرة من جديد.
organisations-documents = وثائقها
