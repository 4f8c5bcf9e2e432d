### حقوق الأشخاص: أخذ البيانات، والمغادرة

rights-title = بياناتي
rights-lead = ما تحفظه حلقة عنك ملكك: خُذه معك، أو اطلب محوه.
rights-take = أخذ كلّ شيء
rights-take-text = ملفّ مضغوط فيه حسابك وتقدّمك وإجاباتك ومقاعدك ومشاركاتك وآثار تعلّمك، يُفتح بجدول بيانات أو بأداة أخرى.
rights-take-action = تنزيل بياناتي
rights-go = المغادرة
rights-go-text = محو الحساب نهائيّ. وهذا ما يحدث:
rights-go-account = يختفي فورًا اسمك وعنوانك وجلساتك وروابطك بالمواقع الأخرى.
rights-go-posts = تبقى مشاركاتك في الفضاءات باسم « عضو سابق »، إلّا إذا طلبت سحبها.
rights-go-progress = يظلّ تقدّمك محسوبًا لمنظّمتك باسم مستعار لا يمكن لأحد ربطه بك.
rights-go-late = تُحذف مرفقاتك ووثائقك، ويتغيّر صاحب آثار تعلّمك خلال دقائق.
rights-go-open = محو حسابي
rights-go-action = محو حسابي نهائيًّا
rights-erase-posts = سحب ما كتبتُه في الفضاءات أيضًا
rights-type-email = للتأكيد، اكتب عنوان بريدك
rights-former-member = عضو سابق
rights-readme = هذا ما تحفظه حلقة عن { $name }.
    يضمّ data.json كلّ شيء، للبرامج. تُفتح ملفّات csv بجدول بيانات. يضمّ statements.ndjson أثر تعلّم في كلّ سطر. ويضمّ المجلّدان files وdocuments الملفّات.
rights-erase-other = محو هذا الشخص
rights-erase-other-text = بطلب منه فقط: يختفي اسمه وعنوانه وجلساته إلى الأبد، ويظلّ تقدّمه محسوبًا باسم مستعار.
rights-erase-posts-other = سحب ما كتبه في الفضاءات أيضًا
rights-erase-other-do = محو نهائيّ
flash-erased = مُحي حسابك. شكرًا لأنّك كنت معنا.
flash-person-erased = مُحي الشخص.
form-email-other = هذا ليس عنوان هذا الحساب.
error-erase-oneself-title = هذا حسابك أنت
error-erase-oneself-body = للمغادرة، افتح « بياناتي » في حسابك.
