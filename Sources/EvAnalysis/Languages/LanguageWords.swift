// The most frequent words of languages whose script is no proof of the language.

/// What a language is known by: words without which hardly a page of it is written.
///
/// They are articles, pronouns, prepositions and forms of "to be", folded as terms are, roughly the
/// most frequent first. What a language shares with others says less, and is weighed so.
struct LanguageWords {
  /// The language, as its ISO 639 code.
  let language: String
  let words: [Substring]

  private init(_ language: String, _ words: String) {
    self.language = language
    self.words = words.split { $0 == " " || $0.isNewline }
  }

  static let all: [LanguageWords] = latin + cyrillic + arabic + devanagari + others

  private static let latin: [LanguageWords] = [
    LanguageWords(
      "en",
      """
      the of and to in is was that for it with as his on be at by had not are but from or have an
      they which you were her all she there would their we him been has when who will more no if
      out so said what its about than into them can only other some could time these two may then
      do first any my now such like our over man even most made after also did many before must
      through where much should because each just those people how between being under against
      """),
    LanguageWords(
      "de",
      """
      der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an
      werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum
      war haben nur oder aber vor zur bis mehr durch man sein wurde sei hatte kann gegen vom wenn
      ihre unter wir diese dieser jeder mensch alle ich keine seine ihr seiner zwischen
      """),
    LanguageWords(
      "fr",
      """
      de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il
      sont avec son aux d'un cette ou ont été mais d'une comme sa ses être fait leur deux elle
      nous aussi tout même on ces dont était sans entre c'est vous ainsi tous après où peut avait
      toute droit je ils depuis
      """),
    LanguageWords(
      "es",
      """
      de la que el en y los del se las por un para con no una su al lo como más es sus le ha o
      este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo
      nos durante todos uno les ni contra otros ese eso ante ellos fue era son ser tiene han
      estas toda derecho años
      """),
    LanguageWords(
      "pt",
      """
      de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele
      das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela
      entre era depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa
      num nem suas são toda direito anos
      """),
    LanguageWords(
      "it",
      """
      di e il la che in un a per è una sono con non del le si da dei i della al come più nel alla
      anche ma gli lo delle ha su dal o questo degli ed essere ai sua suo stato nella tra loro se
      dalla ogni due cui fu ad era ne sul individuo diritto quando questa dopo stati anni dell
      all nell sulla tutti
      """),
    LanguageWords(
      "nl",
      """
      de van het een en in is dat op te zijn met voor niet aan er om ook als die bij maar door
      naar uit ze was tot je over hij wordt nog heeft dan werd geen meer hebben of kan we zo deze
      worden wel onder wat dit tegen ik na haar had hun ieder recht ons zou zij moet veel andere
      tussen alle
      """),
    LanguageWords(
      "sv",
      """
      och i att det som en på är av för med till den har de inte om ett han men var jag sig från
      vi så kan man när nu år under också efter eller där sin mot ut ska skulle kommer hade alla
      blir vid då över blev ha sina mycket få andra än vara två varje rätt skall detta mellan
      enligt här dessa utan hon
      """),
    LanguageWords(
      "da",
      """
      og i at det er en til af på som med for den de der har ikke et var han jeg om fra så men vi
      sig ved kan være vil mod også efter skal eller hun havde blev hvor da år når ud kun alle
      under over hvad dette man nu meget noget blive ham mange mellem andre op enhver ret sin
      bliver disse uden
      """),
    LanguageWords(
      "no",
      """
      og i det på som er en til å han av for at med var de ikke den har jeg om et men så seg hun
      hadde fra vi du kan da ble ut skal vil ham etter over ved også bare eller sa nå dette noe
      være meg mot opp der når inn dem kunne andre blir alle noen sin ha år henne må selv sier få
      kom denne enhver rett blitt mellom uten ein eit ikkje frå dei ho me vere vart
      """),
    LanguageWords(
      "fi",
      """
      ja on ei että se oli hän mutta ovat kun myös kuin en joka niin tai mukaan sen ole ollut
      olla jos vain jonka sekä hänen mitä he jotka nyt tämä sitä siitä kaikki tämän voi jo ne
      siinä koska ennen vielä minä pitää mikä tulee tässä noin kanssa jälkeen hänellä jokaisella
      oikeus saa näin niiden muun eivät häntä itse
      """),
    LanguageWords(
      "hu",
      """
      a az és hogy nem is egy volt ez meg csak már de van kell vagy mint még el ha azt minden ki
      lesz aki be nagy után akkor között amely úgy fel azonban illetve való más által olyan így
      pedig két több lehet magyar majd vagyis ezt sem joga voltak vannak ember ezek nincs neki
      során valamint
      """),
    LanguageWords(
      "ro",
      """
      de și în a la cu pe nu care din să că este o un mai au se pentru lui fi prin fost ca dar
      sau al sunt după sa ale ce dintre cele ai ei cel am acest această unei era fără unui ar fie
      foarte poate decât fiind orice sub lor fiecare dreptul toate persoană şi însă avea către
      până ani nici două fac s le mi sale cei te acestea într
      """),
    LanguageWords(
      "tr",
      """
      ve bir bu da de için ile olarak çok daha olan gibi kadar en ne sonra ama ya o var her değil
      mi ise diye göre olduğu önce büyük kendi ancak yeni iki tarafından veya olduğunu bütün şey
      hiç bunu ki içinde sadece nasıl etti oldu olması yıl onun karşı ona hakkı şekilde herkesin
      tüm herkes arasında ben olur zaman ilk vardır
      """),
    LanguageWords(
      "pl",
      """
      w i z na się do nie że to jest o a jak po od za ale dla przez przy czy są tym jego co tak
      oraz był już było może tylko ten jej które który będzie która ze ma te lub pod być jako
      także tego kiedy nad bez roku innych można gdy przed tej jednak praw prawo człowiek każdy
      ich dwa bardzo została został latach też ponieważ we
      """),
    LanguageWords(
      "cs",
      """
      a v se na je že s z do o i to k ve pro za by ale si po jako podle jsou které který od jeho
      tak nebo než byl být jak už při jen také co až bylo před však která jsem jsme bude toho
      této tím má může není další roku byla kdy již jejich své každý právo ze či jiné pod mezi
      let aby mu mají tento tato
      """),
    LanguageWords(
      "sk",
      """
      a v sa na je že s z do o i to k vo pre za by ale si po ako podľa sú ktoré ktorý od jeho tak
      alebo než bol byť už pri len aj čo až bolo pred však ktorá som sme bude tohto tejto tým má
      môže nie ďalší roku bola keď ich svoje každý právo zo či iné medzi rokov aby mu majú tento
      táto ktorých ľudí
      """),
    LanguageWords(
      "vi",
      """
      và của là có trong được các cho không một những người với để đã này từ khi đến về như vào
      ra cũng hay lại năm nhiều phải tại đó sẽ theo trên ông sau thì đi hoặc nước mọi bị do làm
      rằng nhưng bởi mà qua hai quyền nó cả hơn đều việc đang lớn nhất thể
      """),
    LanguageWords(
      "id",
      """
      yang dan di dari dengan untuk pada ini dalam adalah tidak itu ke oleh sebagai juga atau
      akan telah tersebut dapat ia bahwa lebih karena mereka orang tahun ada saat bisa secara
      setelah hanya seperti para kepada menjadi hak setiap sudah antara satu serta kita harus
      belum atas bagi sama saya lain dia maka namun sangat hingga masih
      """),
    LanguageWords(
      "tl",
      """
      ang ng sa mga na at ay si ni para may kung hindi ito siya bawat tao karapatan o niya nila
      isang dapat pagkakataon kanyang kaniyang mula dahil kay upang pag wala lahat din rin nang
      sila ako pa lamang ating
      """),
    LanguageWords(
      "ca",
      """
      de la i a el que en les per els un una amb del no és dels al va ha com més es d'un aquest o
      ser son aquesta són també fou pel tot seva sense entre fins seu d'una hi ja dret persona
      tota ni sobre l'any què després altres però molt quan qualsevol llur han des aquests dos
      """),
    LanguageWords(
      "eu",
      """
      eta da du ez bat dira ere den izan zen egin dute duen bere baina edo dela dago hau bada
      zuen beste zuten batean dituen gizon orok gizaki hori egiten ditu beharko oro eskubidea
      bidez behar izango ziren haren baino arte horrek gabe nahi aurka bezala
      """),
    LanguageWords(
      "gl",
      """
      de a que e o en do da os un para non unha por é co se as dos máis como na no ao foi ou súa
      seu das ten á pola polo ata entre tamén ser toda cando son pero persoa dereito moi sen está
      foron cada outros desde eles estes así pode
      """),
    LanguageWords(
      "ga",
      """
      an na agus a ar i go is ag do le tá sé bhí chun gach níl atá de ná sin ach nó leis mar
      bhfuil ní sa seo air ann iad duine ceart ó aon nach siad dá éirinn don féin bheith san faoi
      """),
    LanguageWords(
      "cy",
      """
      y yn a i o ar yr mae ac am gan ei wedi eu bod oedd fod nid neu hawl yw mewn bob pawb gyda
      un sydd hyn wrth fel ond o'r a'r i'r hynny roedd ef ddim cael rhwng dan
      """),
    LanguageWords(
      "lt",
      """
      ir į yra kad su iš kaip ar buvo bei tai o per dėl apie jo nuo bet turi tik jis po prie metu
      savo ne už kuris kuri pagal taip jie gali kurie šio visi žmogus teisę teisė kiekvienas arba
      būti metais tuo mes kai jų ji
      """),
    LanguageWords(
      "lv",
      """
      un ir ar no uz par kas ka tika arī kā tā bija vai pēc gada lai to šo līdz pie ne tiesības
      katram cilvēkam savu viņa bet savas tad tikai nav kuru ikvienam tās būt pret bez starp gadā
      jo viņš
      """),
    LanguageWords(
      "et",
      """
      ja on ei et oli see ka kui ning mis oma või aga ta kes selle seda tema nii siis mida välja
      pärast kus veel need olla olid kuid nende enne igal inimesel õigus peab iga ole mitte üle
      poolt aastal eest ma saab olnud kõik tuleb
      """),
    LanguageWords(
      "hr",
      """
      i u je na se da za su od s kao o a koji koje što do ne nije bi iz po ili koja sve svoje te
      ima ali samo biti sa svatko pravo bio pri više može prema tijekom ako kako bila svih jer
      nakon njegov između godine će kojima zbog tako još već bez ono li godina
      """),
    LanguageWords(
      "sr",
      """
      и у је на се да за су од са као о а који које што до не није би из по или која све своје те
      има али само бити свако право био при више може према током ако како била свих јер након
      његов између године ће којима због тако још већ без лице права
      """),
    LanguageWords(
      "sl",
      """
      in je v na se da za so z s pa ki od o kot bi po ne ali tudi do pri še ni iz kar bil tako
      več lahko bila ima le kjer biti že sta med vsakdo pravico svoje ter njegov zaradi ko leta
      bilo svoj vse bodo kako leti te ga sem čas
      """),
    LanguageWords(
      "sq",
      """
      të e në dhe i me për një që nga është se ka nuk si u do më apo së por ishte drejtë drejtën
      çdo kjo janë ose kush edhe kanë duke tij pas mund vetëm këtë tyre ky kur tek deri njeri
      """),
    LanguageWords(
      "af",
      """
      die van en in het is wat nie n om te vir op met word as dat aan sy hy by sal daar deur uit
      was na ook maar tot hierdie of reg hulle kan een ons moet wees elkeen ek haar so meer ander
      geen
      """),
    LanguageWords(
      "is",
      """
      og að í á er sem um til við var en af með það hann fyrir eru ekki því frá eða þess þeir
      hefur skal vera hafa svo ég hún rétt þau allir sér má upp þá hver verið eftir eigi þar
      síðan
      """),
    LanguageWords(
      "sw",
      """
      ya na wa kwa ni katika za la kuwa cha kila mtu haki au hii yake huo hiyo watu kama bila
      hali nchi yoyote pia lakini ana hayo kutoka alikuwa wake wao vya mwaka
      """),
    LanguageWords(
      "la",
      """
      et in est ad ut non cum quod qui ex de ab aut se per ac sed quae esse sunt si atque quam
      nec hoc eius pro etiam quo omnes a neque enim sui suo omnia
      """),
    LanguageWords(
      "eo",
      """
      la kaj de en estas al ke por ne li kun estis sed oni ĉiu rajto rajtas homo pri el kiu aŭ
      sia ĝi ili ŝi kiel tiu ĉi sen plej kiuj havas inter per nur je mi sur tio
      """),
  ]

  private static let cyrillic: [LanguageWords] = [
    LanguageWords(
      "ru",
      """
      и в не на что он с как по это из у за к но от его то все она так же бы а о для был до мы
      они или ее их только было когда я ещё еще быть если при была также году чтобы были этом
      может во со есть который которые свобод право каждый человек имеет после этого вы где
      """),
    LanguageWords(
      "uk",
      """
      і в не на що з та у до як за він це але від по його про для було був так чи які або то є й
      також при вона із року а має через її бути їх ще після який під тільки вони вже людина
      право кожна кожний більше цього над між якщо коли серед де
      """),
    LanguageWords(
      "bg",
      """
      и на в да се за от по с не са е че до като през при това си към а той или му след което
      които но има във още бе би един със който където защото може само така бъде те беше всеки
      човек право тази този година години между без също
      """),
    LanguageWords(
      "be",
      """
      і ў на не што з у да як за ён гэта але ад па яго пра для было быў так ці якія або то ёсць й
      таксама пры яна года мае праз яе быць іх яшчэ пасля які пад толькі яны кожны чалавек права
      больш паміж калі
      """),
    LanguageWords(
      "mk",
      """
      и на во да се за од со не е дека го по како што тоа а ги кој или при која кои сум биде биле
      беше му има само секој човек право до но ќе овој таа ја своите сите меѓу
      """),
    LanguageWords(
      "kk",
      """
      және мен бұл үшін болып бар да де бір деп осы оның ол құқығы адам құқылы әрбір болған не
      немесе тиіс бойынша жоқ кейін өзінің емес барлық керек сол көп
      """),
  ]

  private static let arabic: [LanguageWords] = [
    LanguageWords(
      "ar",
      """
      في من على أن إلى التي عن مع هذا أو كان هذه ما لا كل الذي بين كما بعد ذلك و لم قد عام خلال
      وقد أي قبل عند حتى كانت غير لكل فرد حق الحق هو هي ولا وفي شخص ثم إن منذ ضد حيث
      """),
    LanguageWords(
      "fa",
      """
      و در به از که این را با است برای آن یک خود تا کرد بر هم نیز شد شده هر دارد می کند باشد اما
      یا بود ها کس حق او آنها سال بین می‌شود شود حقوق ما همه پس دارای بعد
      """),
    LanguageWords(
      "ur",
      """
      کے میں کی اور سے کا ہے کو اس نے پر کہ یہ ہیں بھی ایک جو ان تھا لیے کیا حق وہ ہر شخص کر گیا
      تو کسی یا تک ہو نہیں ہوتا اپنی اپنے تھے ساتھ گی گا
      """),
  ]

  private static let devanagari: [LanguageWords] = [
    LanguageWords(
      "hi",
      """
      के में की है और से को का पर ने कि एक यह इस हैं लिए भी था जो कर नहीं किया तो ही
      वह गया हो या साथ बाद करने अपने थे थी उनके जाता कोई तक अपनी इन
      """),
    LanguageWords(
      "mr",
      """
      आणि आहे या व च्या ते हे असे त्या तो होते आहेत झाला केला मात्र ही की येथे पण तर
      किंवा नाही होता होती केली सर्व मध्ये एक अशा
      """),
    LanguageWords(
      "ne",
      """
      र छ को मा गर्ने हो का ले पनि यो यस भएको तथा वा लागि गरेको छन् थियो उनले एक भने
      छैन हुने गरी आफ्नो भन्ने रहेको गर्न हुनेछ बाट
      """),
  ]

  private static let others: [LanguageWords] = [
    LanguageWords(
      "he",
      """
      של את על לא הוא כי גם עם זה היא או כל אך יותר לאחר בין היה זו אשר אדם זכאי זכות לכל ידי אבל
      היו בו אין אני הם להיות כדי אחד רק אל מן היתה שנים לו עד
      """),
    LanguageWords(
      "yi",
      """
      און אין די פון צו איז דער אויף ניט האָט פאַר דאָס אַז מיט זיך וואָס אַ ווי אָדער זענען
      יעדער מענטש רעכט נישט זײַן האט א דאס איר אויך פאר
      """),
    LanguageWords(
      "hy",
      """
      և է են որ իր այդ ու այս նաև հետ համար կամ էր ունի մարդ իրենց մեջ որը չի
      """),
  ]
}
