### الحضور والشهادات والمرافقة

presence-list = الحضور
presence-of = الحضور: { $name }
presence-here = أنا حاضر
presence-say = تأكيد حضوري
presence-code = الأحرف الستّة على الشاشة
presence-code-hint = تتغيّر كلّ دقيقتين.
presence-screen = شاشة القاعة
presence-scan = امسح الرمز لتسجيل حضورك
presence-picture = رمز للمسح
presence-or-type = أو افتح صفحة اللقاء واكتب
presence-count = { $count ->
    [0] لا حضور من { $of }
    [one] حاضر واحد من { $of }
    [two] حاضران من { $of }
    [few] { $count } حاضرين من { $of }
    [many] { $count } حاضرًا من { $of }
   *[other] { $count } حاضر من { $of }
}
presence-saved = حُفظ كلّ شيء
presence-waiting = جارٍ الإرسال…
presence-offline = محفوظ على هذا الهاتف، ويُرسل حالما يعود الاتّصال
presence-paper = تُطبع هذه الصفحة ورقةَ حضور. ودون شبكة اتركها مفتوحة: تُحفظ علاماتك وتُرسل حالما يعود الاتّصال.
flash-presence-said = سُجّل حضورك.
flash-presence-kept = حُفظت القائمة.
error-not-now-title = ليس الآن
error-not-now-body = يمكن تسجيل الحضور من ساعة قبل اللقاء إلى ساعة بعده.
error-wrong-code-title = لم يعد الرمز صالحًا
error-wrong-code-body = يتغيّر الرمز كثيرًا: امسح الشاشة من جديد أو اكتب الأحرف الظاهرة الآن.
error-no-seat-title = لا تسجيل
error-no-seat-body = ليس لك مقعد في هذا اللقاء: تحدّث إلى الفريق في القاعة.
attestation-mine = شهادتي
attestation-of = شهادة: { $name }
attestation-kind = شهادة مشاركة
attestation-text = شارك في لقاء
attestation-share = الحضور: { $percent }
attestation-verify = للتثبّت على هذا العنوان:
attestation-picture = رمز يؤدّي إلى صفحة التثبّت
attestation-genuine = شهادة صحيحة
attestation-badge = شارة رقميّة (Open Badges 3.0)
accompaniment-title = المرافقة
accompaniment-of = المرافقة: { $name }
accompaniment-lead = زيارات الفريق الجهوي ونصائحه. لا يراها إلّا المنظّمة والفريق.
accompaniment-none = لا شيء مسجّلًا بعد
accompaniment-none-text = ستظهر هنا الزيارات والنصائح وما بقي إنجازه.
accompaniment-visit = زيارة
accompaniment-advice = نصيحة
accompaniment-call = مكالمة
accompaniment-add = تسجيل زيارة أو نصيحة
accompaniment-kind = ما هي؟
accompaniment-when = متى؟
accompaniment-body = ما قيل
accompaniment-next = الخطوة القادمة
accompaniment-due = قبل يوم
accompaniment-do = تسجيل
accompaniment-done = أُنجزت
accompaniment-was-done = منجزة
flash-accompaniment-noted = سُجّل ذلك.
flash-accompaniment-done = خطوة منجزة، أحسنتم.
organisations-tab-accompaniment = المرافقة
presence-resting = محتجب
presence-resting-paper = على الورق لا يظهر من احتجب إلّا بأحرف اسمه الأولى: لا يتداول اسمه في القاعة.
attestation-nameless = اسم صاحبها محجوب
attestation-nameless-text = هذه الشهادة صحيحة. ولا يُذكر اسم صاحبها الآن حفاظًا على سلامته.
attestation-criteria = المشاركة في اللقاء؛ نسبة الحضور المسجّلة: { $percent }.
attestation-pdf = تنزيل PDF
