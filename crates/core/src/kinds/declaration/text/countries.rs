//! Names of states and of international organisations in French, English and Arabic, to recognise who speaks.
//!
//! One row per state: ISO 3166-1 code; names (fr, en, ar); adjectives (fr, en); capitals (fr and en, ar). Alternatives are
//! separated by `/`, `*` stands for any ending. Arabic adjectives are derived from the Arabic name.

/// The rows of states.
pub(super) const STATES: &str = "\
AF;Afghanistan;Afghanistan;أفغانستان;afghan*;Afghan;Kaboul/Kabul;كابول
AL;Albanie;Albania;ألبانيا;albanais*;Albanian;Tirana;تيرانا
DZ;Algérie;Algeria;الجزائر;algérien*;Algerian;Alger/Algiers;
AD;Andorre;Andorra;أندورا;andorran*;Andorran;;
AO;Angola;Angola;أنغولا;angolais*;Angolan;Luanda;لواندا
AG;Antigua-et-Barbuda;Antigua and Barbuda;;;;;
SA;Arabie saoudite/Royaume d'Arabie saoudite;Saudi Arabia/Kingdom of Saudi Arabia;السعودية/المملكة العربية السعودية;saoudien*;Saudi;Riyad/Riyadh;الرياض
AR;Argentine/République argentine;Argentina/Argentine Republic;الأرجنتين;argentin*;Argentine/Argentinian;Buenos Aires;بوينس آيرس
AM;Arménie;Armenia;أرمينيا;arménien*;Armenian;Erevan/Yerevan;يريفان
AU;Australie;Australia;أستراليا;australien*;Australian;Canberra;كانبيرا
AT;Autriche;Austria;النمسا;autrichien*;Austrian;Vienne/Vienna;فيينا
AZ;Azerbaïdjan;Azerbaijan;أذربيجان;azerbaïdjanais*;Azerbaijani;Bakou/Baku;باكو
BS;Bahamas;Bahamas;جزر البهاما;bahamien*;Bahamian;;
BH;Bahreïn;Bahrain;البحرين;bahreïni*;Bahraini;Manama;المنامة
BD;Bangladesh;Bangladesh;بنغلاديش;bangladais*;Bangladeshi;Dacca/Dhaka;دكا
BB;Barbade;Barbados;بربادوس;barbadien*;Barbadian;;
BY;Bélarus/Biélorussie;Belarus;بيلاروسيا;biélorusse*;Belarusian;Minsk;مينسك
BE;Belgique/Royaume de Belgique;Belgium/Kingdom of Belgium;بلجيكا;belge*;Belgian;Bruxelles/Brussels;بروكسل
BZ;Belize;Belize;بليز;bélizien*;Belizean;;
BJ;Bénin;Benin;بنين;béninois*;Beninese;Cotonou;كوتونو
BO;Bolivie;Bolivia;بوليفيا;bolivien*;Bolivian;La Paz;لاباز
BA;Bosnie-Herzégovine/Bosnie;Bosnia and Herzegovina/Bosnia;البوسنة والهرسك/البوسنة;bosnien*;Bosnian;Sarajevo;سراييفو
BW;Botswana;Botswana;بوتسوانا;botswanais*;Botswanan;Gaborone;
BR;Brésil/République fédérative du Brésil;Brazil/Federative Republic of Brazil;البرازيل;brésilien*;Brazilian;Brasilia;برازيليا
BG;Bulgarie;Bulgaria;بلغاريا;bulgare*;Bulgarian;Sofia;صوفيا
BF;Burkina Faso;Burkina Faso;بوركينا فاسو;burkinabè*;Burkinabe;Ouagadougou;واغادوغو
BI;Burundi;Burundi;بوروندي;burundais*;Burundian;Bujumbura;بوجومبورا
KH;Cambodge;Cambodia;كمبوديا;cambodgien*;Cambodian;Phnom Penh;
CM;Cameroun;Cameroon;الكاميرون;camerounais*;Cameroonian;Yaoundé/Yaounde;ياوندي
CA;Canada;Canada;كندا;canadien*;Canadian;Ottawa;أوتاوا
CV;Cap-Vert/Cabo Verde;Cape Verde/Cabo Verde;الرأس الأخضر;cap-verdien*;Cape Verdean;Praia;
CF;République centrafricaine/Centrafrique;Central African Republic;أفريقيا الوسطى/جمهورية أفريقيا الوسطى;centrafricain*;Central African;Bangui;بانغي
CL;Chili/République du Chili;Chile/Republic of Chile;الشيلي/تشيلي;chilien*;Chilean;Santiago;سانتياغو
CN;Chine/République populaire de Chine;China/People's Republic of China;الصين;chinois*;Chinese;Pékin/Beijing;بكين
CY;Chypre;Cyprus;قبرص;chypriote*;Cypriot;Nicosie/Nicosia;نيقوسيا
CO;Colombie/République de Colombie;Colombia/Republic of Colombia;كولومبيا;colombien*;Colombian;Bogota;بوغوتا
KM;Comores;Comoros;جزر القمر;comorien*;Comorian;Moroni;موروني
CG;Congo/République du Congo;Congo/Republic of the Congo;الكونغو;congolais*;Congolese;Brazzaville;برازافيل
CD;République démocratique du Congo;Democratic Republic of the Congo;جمهورية الكونغو الديمقراطية/الكونغو الديمقراطية;;;Kinshasa;كينشاسا
KR;Corée du Sud/République de Corée;South Korea/Republic of Korea;كوريا الجنوبية/جمهورية كوريا;sud-coréen*;South Korean/Korean;Séoul/Seoul;سيول
KP;Corée du Nord;North Korea;كوريا الشمالية;nord-coréen*;North Korean;Pyongyang;
CR;Costa Rica/République du Costa Rica;Costa Rica/Republic of Costa Rica;كوستاريكا;costaricain*/costaricien*;Costa Rican;San José;
CI;Côte d'Ivoire;Côte d'Ivoire/Ivory Coast;كوت ديفوار/ساحل العاج;ivoirien*;Ivorian;Abidjan/Yamoussoukro;أبيدجان
HR;Croatie;Croatia;كرواتيا;croate*;Croatian;Zagreb;زغرب
CU;Cuba;Cuba;كوبا;cubain*;Cuban;La Havane/Havana;هافانا
DK;Danemark;Denmark;الدنمارك/الدانمارك;danois*;Danish;Copenhague/Copenhagen;كوبنهاغن
DJ;Djibouti;Djibouti;جيبوتي;djiboutien*;Djiboutian;;
DM;Dominique;Dominica;دومينيكا;;;;
DO;République dominicaine;Dominican Republic;الدومينيكان/جمهورية الدومينيكان;dominicain*;Dominican;Saint-Domingue;
EG;Égypte/République arabe d'Égypte;Egypt/Arab Republic of Egypt;مصر/جمهورية مصر العربية;égyptien*;Egyptian;Le Caire/Cairo;القاهرة
SV;El Salvador/Salvador/République d'El Salvador;El Salvador/Republic of El Salvador;السلفادور;salvadorien*;Salvadoran;San Salvador;
AE;Émirats arabes unis/Émirats;United Arab Emirates/UAE/Emirates;الإمارات/الإمارات العربية المتحدة;émirien*/émirati*;Emirati;Abou Dhabi/Abu Dhabi;أبوظبي/أبو ظبي
EC;Équateur/République de l'Équateur;Ecuador/Republic of Ecuador;الإكوادور;équatorien*;Ecuadorian;Quito;كيتو
ER;Érythrée;Eritrea;إريتريا;érythréen*;Eritrean;Asmara;أسمرة
ES;Espagne/Royaume d'Espagne;Spain/Kingdom of Spain;إسبانيا;espagnol*;Spanish;Madrid;مدريد
EE;Estonie;Estonia;إستونيا;estonien*;Estonian;Tallinn;تالين
SZ;Eswatini;Eswatini;إسواتيني;;;;
US;États-Unis/États-Unis d'Amérique;United States/United States of America/U.S./USA/U.S.A.;الولايات المتحدة/الولايات المتحدة الأمريكية/أمريكا;américain*/états-unien*;American;Washington;واشنطن
ET;Éthiopie;Ethiopia;إثيوبيا;éthiopien*;Ethiopian;Addis-Abeba/Addis Ababa;أديس أبابا
FI;Finlande;Finland;فنلندا;finlandais*;Finnish;Helsinki;هلسنكي
FR;France/République française;France/French Republic;فرنسا/الجمهورية الفرنسية;français*;French;Paris;باريس
GA;Gabon;Gabon;الغابون;gabonais*;Gabonese;Libreville;ليبرفيل
GM;Gambie;Gambia;غامبيا;gambien*;Gambian;Banjul;بانجول
GE;Géorgie;Georgia;جورجيا;géorgien*;Georgian;Tbilissi/Tbilisi;تبليسي
GH;Ghana;Ghana;غانا;ghanéen*;Ghanaian;Accra;أكرا
GR;Grèce/République hellénique;Greece/Hellenic Republic;اليونان;grec*/hellénique*;Greek/Hellenic;Athènes/Athens;أثينا
GD;Grenade;Grenada;غرينادا;;Grenadian;;
GT;Guatemala/République du Guatemala;Guatemala/Republic of Guatemala;غواتيمالا;guatémaltèque*;Guatemalan;;
GN;Guinée/République de Guinée;Guinea/Republic of Guinea;غينيا;guinéen*;Guinean;Conakry;كوناكري
GW;Guinée-Bissau/Guinée-Bissao;Guinea-Bissau;غينيا بيساو;bissau-guinéen*;;Bissau;بيساو
GQ;Guinée équatoriale;Equatorial Guinea;غينيا الاستوائية;équato-guinéen*;;Malabo;مالابو
GY;Guyana;Guyana;غيانا;guyanien*;Guyanese;;
HT;Haïti/République d'Haïti;Haiti/Republic of Haiti;هايتي;haïtien*;Haitian;Port-au-Prince;
HN;Honduras/République du Honduras;Honduras/Republic of Honduras;هندوراس;hondurien*;Honduran;Tegucigalpa;
HU;Hongrie;Hungary;هنغاريا/المجر;hongrois*;Hungarian;Budapest;بودابست
IN;Inde/République de l'Inde;India/Republic of India;الهند;indien*;Indian;New Delhi/Delhi;نيودلهي
ID;Indonésie;Indonesia;إندونيسيا;indonésien*;Indonesian;Jakarta/Djakarta;جاكرتا
IQ;Irak/Iraq;Iraq;العراق;irakien*/iraquien*;Iraqi;Bagdad/Baghdad;بغداد
IR;Iran;Iran;إيران;iranien*;Iranian;Téhéran/Tehran;طهران
IE;Irlande;Ireland;إيرلندا/أيرلندا;irlandais*;Irish;Dublin;دبلن
IS;Islande;Iceland;آيسلندا;islandais*;Icelandic;Reykjavik;
IL;Israël/État d'Israël;Israel/State of Israel;إسرائيل;israélien*;Israeli;Jérusalem/Jerusalem;
IT;Italie/République italienne;Italy/Italian Republic;إيطاليا;italien*;Italian;Rome;روما
JM;Jamaïque;Jamaica;جامايكا;jamaïcain*;Jamaican;Kingston;
JP;Japon;Japan;اليابان;japonais*;Japanese;Tokyo;طوكيو
JO;Jordanie/Royaume hachémite de Jordanie;Jordan/Hashemite Kingdom of Jordan;الأردن/المملكة الأردنية الهاشمية;jordanien*;Jordanian;Amman;عمان
KZ;Kazakhstan;Kazakhstan;كازاخستان;kazakh*;Kazakh/Kazakhstani;Astana;أستانا
KE;Kenya;Kenya;كينيا;kényan*;Kenyan;Nairobi;نيروبي
KG;Kirghizstan/Kirghizistan;Kyrgyzstan;قيرغيزستان;kirghize*;Kyrgyz;Bichkek/Bishkek;
KW;Koweït;Kuwait;الكويت;koweïtien*;Kuwaiti;;
LA;Laos;Laos;لاوس;laotien*;Lao;Vientiane;
LV;Lettonie;Latvia;لاتفيا;letton*;Latvian;Riga;ريغا
LB;Liban/République libanaise;Lebanon/Lebanese Republic;لبنان;libanais*;Lebanese;Beyrouth/Beirut;بيروت
LR;Libéria/Liberia;Liberia;ليبيريا;libérien*;Liberian;Monrovia;مونروفيا
LY;Libye;Libya;ليبيا;libyen*;Libyan;Tripoli;طرابلس
LI;Liechtenstein;Liechtenstein;ليختنشتاين;;;;
LT;Lituanie;Lithuania;ليتوانيا;lituanien*;Lithuanian;Vilnius;فيلنيوس
LU;Luxembourg;Luxembourg;لوكسمبورغ;luxembourgeois*;Luxembourgish;;
MK;Macédoine du Nord;North Macedonia;مقدونيا الشمالية;macédonien*;Macedonian;Skopje;
MG;Madagascar;Madagascar;مدغشقر;malgache*;Malagasy;Antananarivo;
MY;Malaisie;Malaysia;ماليزيا;malaisien*;Malaysian;Kuala Lumpur;كوالالمبور
MW;Malawi;Malawi;مالاوي;malawien*/malawite*;Malawian;Lilongwe;
MV;Maldives;Maldives;المالديف;maldivien*;Maldivian;Malé;
ML;Mali;Mali;جمهورية مالي;malien*;Malian;Bamako;باماكو
MT;Malte;Malta;مالطا;maltais*;Maltese;La Valette/Valletta;فاليتا
MA;Maroc/Royaume du Maroc;Morocco/Kingdom of Morocco;المغرب/المملكة المغربية;marocain*;Moroccan;Rabat;الرباط
MU;île Maurice;Mauritius;موريشيوس;mauricien*;Mauritian;Port-Louis;
MR;Mauritanie/République islamique de Mauritanie;Mauritania/Islamic Republic of Mauritania;موريتانيا;mauritanien*;Mauritanian;Nouakchott;نواكشوط
MX;Mexique/États-Unis du Mexique/États-Unis mexicains;Mexico/United Mexican States;المكسيك;mexicain*;Mexican;Mexico City;مكسيكو
MD;Moldavie/Moldova/République de Moldova;Moldova/Republic of Moldova;مولدوفا/مولدافيا;moldave*;Moldovan;Chisinau;
MC;Monaco/Principauté de Monaco;Monaco/Principality of Monaco;موناكو;monégasque*;Monegasque;;
MN;Mongolie;Mongolia;منغوليا;mongol*;Mongolian;Oulan-Bator/Ulaanbaatar;
ME;Monténégro;Montenegro;الجبل الأسود;monténégrin*;Montenegrin;Podgorica;
MZ;Mozambique;Mozambique;موزمبيق;mozambicain*;Mozambican;Maputo;مابوتو
MM;Myanmar/Birmanie;Myanmar/Burma;ميانمار;birman*;Burmese;Naypyidaw;
NA;Namibie;Namibia;ناميبيا;namibien*;Namibian;Windhoek;
NP;Népal;Nepal;نيبال;népalais*;Nepalese/Nepali;Katmandou/Kathmandu;
NI;Nicaragua;Nicaragua;نيكاراغوا;nicaraguayen*;Nicaraguan;Managua;
NE;Niger;Niger;النيجر;nigérien*;Nigerien;Niamey;نيامي
NG;Nigéria/Nigeria;Nigeria;نيجيريا;nigérian*;Nigerian;Abuja;أبوجا
NO;Norvège;Norway;النرويج;norvégien*;Norwegian;Oslo;أوسلو
NZ;Nouvelle-Zélande;New Zealand;نيوزيلندا;néo-zélandais*;;Wellington;
OM;Oman/Sultanat d'Oman;Oman/Sultanate of Oman;سلطنة عمان;omanais*;Omani;Mascate/Muscat;مسقط
UG;Ouganda;Uganda;أوغندا;ougandais*;Ugandan;Kampala;كمبالا
UZ;Ouzbékistan;Uzbekistan;أوزبكستان;ouzbek*/ouzbèke*;Uzbek;Tachkent/Tashkent;طشقند
PK;Pakistan;Pakistan;باكستان;pakistanais*;Pakistani;Islamabad;إسلام آباد
PS;Palestine/État de Palestine;Palestine/State of Palestine;فلسطين;palestinien*;Palestinian;Ramallah;رام الله
PA;Panama/République du Panama;Panama/Republic of Panama;بنما;panaméen*;Panamanian;;
PY;Paraguay/République du Paraguay;Paraguay/Republic of Paraguay;باراغواي;paraguayen*;Paraguayan;Asuncion;
NL;Pays-Bas;Netherlands/Kingdom of the Netherlands;هولندا;néerlandais*;Dutch;La Haye/The Hague;لاهاي
PE;Pérou/République du Pérou;Peru/Republic of Peru;البيرو;péruvien*;Peruvian;Lima;ليما
PH;Philippines;Philippines;الفلبين;philippin*;Philippine/Filipino;Manille/Manila;مانيلا
PL;Pologne;Poland;بولندا/بولونيا;polonais*;Polish;Varsovie/Warsaw;وارسو
PT;Portugal/République portugaise;Portugal/Portuguese Republic;البرتغال;portugais*;Portuguese;Lisbonne/Lisbon;لشبونة
QA;Qatar/État du Qatar;Qatar/State of Qatar;قطر/دولة قطر;qatari*/qatarien*;Qatari;Doha;الدوحة
RO;Roumanie;Romania;رومانيا;roumain*;Romanian;Bucarest/Bucharest;بوخارست
GB;Royaume-Uni/Grande-Bretagne/Royaume-Uni de Grande-Bretagne et d'Irlande du Nord;United Kingdom/UK/U.K./Great Britain/Britain;المملكة المتحدة/بريطانيا;britannique*;British;Londres/London;لندن
RU;Russie/Fédération de Russie;Russia/Russian Federation;روسيا/روسيا الاتحادية;russe*;Russian;Moscou/Moscow;موسكو
RW;Rwanda;Rwanda;رواندا;rwandais*;Rwandan;Kigali;كيغالي
LC;Sainte-Lucie;Saint Lucia;سانت لوسيا;;;;
ST;Sao Tomé-et-Principe;Sao Tome and Principe;ساو تومي وبرينسيبي;;;;
SN;Sénégal;Senegal;السنغال;sénégalais*;Senegalese;Dakar;دكار/داكار
RS;Serbie;Serbia;صربيا;serbe*;Serbian;Belgrade;بلغراد
SC;Seychelles;Seychelles;سيشل;seychellois*;Seychellois;;
SL;Sierra Leone;Sierra Leone;سيراليون;sierra-léonais*;Sierra Leonean;Freetown;فريتاون
SG;Singapour;Singapore;سنغافورة;singapourien*;Singaporean;;
SK;Slovaquie;Slovakia;سلوفاكيا;slovaque*;Slovak;Bratislava;براتيسلافا
SI;Slovénie;Slovenia;سلوفينيا;slovène*;Slovenian;Ljubljana;
SO;Somalie;Somalia;الصومال;somalien*;Somali;Mogadiscio/Mogadishu;مقديشو
SD;Soudan;Sudan;السودان;soudanais*;Sudanese;Khartoum;الخرطوم
SS;Soudan du Sud;South Sudan;جنوب السودان;sud-soudanais*;South Sudanese;Djouba/Juba;جوبا
LK;Sri Lanka;Sri Lanka;سريلانكا;sri-lankais*;Sri Lankan;Colombo;
SE;Suède;Sweden;السويد;suédois*;Swedish;Stockholm;ستوكهولم
CH;Suisse/Confédération suisse;Switzerland/Swiss Confederation;سويسرا;suisse*/helvétique*;Swiss;Berne/Bern;برن
SR;Suriname;Suriname;سورينام;;Surinamese;;
SY;Syrie;Syria;سوريا/سورية;syrien*;Syrian;Damas/Damascus;دمشق
TJ;Tadjikistan;Tajikistan;طاجيكستان;tadjik*;Tajik;Douchanbé/Dushanbe;
TZ;Tanzanie;Tanzania;تنزانيا;tanzanien*;Tanzanian;Dodoma;دودوما
TD;Tchad;Chad;تشاد;tchadien*;Chadian;N'Djamena;نجامينا
CZ;République tchèque/Tchéquie;Czech Republic/Czechia;التشيك;tchèque*;Czech;Prague;براغ
TH;Thaïlande;Thailand;تايلاند/تايلند;thaïlandais*;Thai;Bangkok;بانكوك
TL;Timor-Leste;Timor-Leste;تيمور الشرقية;;Timorese;;
TG;Togo;Togo;توغو;togolais*;Togolese;Lomé/Lome;لومي
TT;Trinité-et-Tobago;Trinidad and Tobago;ترينيداد وتوباغو;;;;
TN;Tunisie/République tunisienne;Tunisia/Republic of Tunisia;تونس;tunisien*;Tunisian;Tunis;
TM;Turkménistan;Turkmenistan;تركمانستان;turkmène*;Turkmen;Achgabat/Ashgabat;
TR;Turquie/Türkiye;Turkey/Türkiye/Turkiye;تركيا;turc*/turque*;Turkish;Ankara;أنقرة
UA;Ukraine;Ukraine;أوكرانيا;ukrainien*;Ukrainian;Kiev/Kyiv;كييف
UY;Uruguay/République orientale de l'Uruguay;Uruguay/Oriental Republic of Uruguay;أوروغواي;uruguayen*;Uruguayan;Montevideo;
VA;Saint-Siège/Vatican;Holy See/Vatican;الفاتيكان/الكرسي الرسولي;;;;
VE;Venezuela/République bolivarienne du Venezuela;Venezuela/Bolivarian Republic of Venezuela;فنزويلا;vénézuélien*;Venezuelan;Caracas;كاراكاس
VN;Viêt Nam/Vietnam/Viet Nam;Vietnam/Viet Nam;فيتنام;vietnamien*;Vietnamese;Hanoï/Hanoi;هانوي
YE;Yémen;Yemen;اليمن;yéménite*;Yemeni;Sanaa/Sana'a;صنعاء
ZM;Zambie;Zambia;زامبيا;zambien*;Zambian;Lusaka;
ZW;Zimbabwe;Zimbabwe;زيمبابوي;zimbabwéen*;Zimbabwean;Harare;هراري
ZA;Afrique du Sud/République d'Afrique du Sud;South Africa/Republic of South Africa;جنوب أفريقيا/جنوب إفريقيا;sud-africain*;South African;Pretoria;بريتوريا
DE;Allemagne/République fédérale d'Allemagne;Germany/Federal Republic of Germany;ألمانيا;allemand*;German;Berlin;برلين
TW;Taïwan;Taiwan;تايوان;taïwanais*;Taiwanese;Taipei;";

/// Organisations that may be an author or a third: names (fr, en, ar), alternatives separated by `/`.
pub(super) const ORGANISATIONS: &str = "\
Union européenne/UE;European Union/EU/E.U.;الاتحاد الأوروبي
Union africaine/UA;African Union/AU;الاتحاد الأفريقي/الاتحاد الإفريقي
Nations unies/ONU/Organisation des Nations unies;United Nations/UN/U.N.;الأمم المتحدة
OTAN;NATO/North Atlantic Treaty Organization;حلف شمال الأطلسي/الناتو
Ligue arabe/Ligue des États arabes;Arab League/League of Arab States;جامعة الدول العربية/الجامعة العربية
CEDEAO;ECOWAS;الإيكواس/سيدياو
ASEAN/ANASE;ASEAN;آسيان/رابطة أمم جنوب شرق آسيا
Conseil de coopération du Golfe/CCG;Gulf Cooperation Council/GCC;مجلس التعاون الخليجي/مجلس التعاون لدول الخليج العربية
G5 Sahel;G5 Sahel;مجموعة دول الساحل الخمس/مجموعة الساحل
Union pour la Méditerranée/UpM;Union for the Mediterranean;الاتحاد من أجل المتوسط
Interpol;Interpol;الإنتربول
Europol;Europol;يوروبول
ONUDC;UNODC/United Nations Office on Drugs and Crime;مكتب الأمم المتحدة المعني بالمخدرات والجريمة
Frontex;Frontex;فرونتكس
Commission européenne;European Commission;المفوضية الأوروبية
Conseil de sécurité;Security Council;مجلس الأمن
Conseil de l'Europe;Council of Europe;مجلس أوروبا
Organisation internationale pour les migrations/OIM;International Organization for Migration/IOM;المنظمة الدولية للهجرة
Haut-Commissariat pour les réfugiés/HCR;UNHCR;مفوضية اللاجئين/المفوضية السامية لشؤون اللاجئين
Banque mondiale;World Bank;البنك الدولي
Fonds monétaire international/FMI;International Monetary Fund/IMF;صندوق النقد الدولي
Banque africaine de développement;African Development Bank;البنك الأفريقي للتنمية
Cour pénale internationale/CPI;International Criminal Court/ICC;المحكمة الجنائية الدولية";
