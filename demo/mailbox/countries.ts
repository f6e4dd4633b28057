/**
 * Names and number styles of the countries that the demo contacts live in. `#` is any digit. Numbers abroad are written
 * with their country code, as somebody in Munich has them.
 *
 * Numbers come from ranges that regulators keep for films where a country has them (Germany, United Kingdom, United
 * States, France, Australia, Sweden); elsewhere they vary the last digits of the example number in the public numbering plan metadata.
 */
export interface Country {
  readonly name: string;
  /** How many contacts of a thousand live there, about. */
  readonly share: number;
  readonly given: readonly string[];
  readonly surnames: readonly string[];
  readonly companies: readonly string[];
  readonly landline: readonly string[];
  readonly mobile: readonly string[];
  /** Family name first in the display name. */
  readonly surnameFirst?: boolean;
}

const german = {
  given:
    'Anna Jürgen Björn Käthe Götz Sabine Thomas Michael Ursula Günther Stefanie Andreas Petra Wolfgang Heike Jörg Çiğdem Mehmet Lena Maximilian Rosemarie Hans-Peter Karl-Heinz Änne Sven Nils',
  surnames:
    'Müller Mueller Straß Schröder Weiß Größl Bäumler Köhler Huber Maier Meyer Öztürk Yılmaz Schmidt von_der_Heide Graßl Hölzl Schäfer Zöllner Krüger Fuß Wagner Becker Lehmann-Groß Jäger Böhm Keßler Übelacker',
  companies:
    'Bäckerei Größl GmbH|Süddeutsche Messebau AG|Isar Elektro GmbH & Co. KG|Kanzlei Weiß & Partner|Straßenbau Oberland GmbH|Möbelhaus Sendling|Druckerei Schwabing|Hölzl Kältetechnik|Praxis Dr. Übelacker|Autohaus Krüger e. K.|Brauerei Zum Löwen|Verein für Stadtgrün e. V.',
};

interface Written {
  readonly given: string;
  readonly surnames: string;
  readonly companies: string;
}

const words = (text: string): string[] => text.split(' ').map((word) => word.replaceAll('_', ' '));

function country(
  name: string,
  share: number,
  people: Written,
  landline: readonly string[],
  mobile: readonly string[],
  surnameFirst = false,
): Country {
  const { given, surnames, companies } = people;
  const lists = { given: words(given), surnames: words(surnames), companies: companies.split('|') };
  return { name, share, ...lists, landline, mobile, ...(surnameFirst ? { surnameFirst } : {}) };
}

const germanLandline = [
  '+49 (89) 99998-###',
  '089 / 99998-###',
  '(089) 99998###',
  '0049 89 99998 ###',
  '089/99998###',
  '+49 89 99998###',
  '99998-###',
  '089 99998-0 DW ##',
  '(030) 23125-###',
  '+49 30 23125 ###',
  '030-23125-0 App. ##',
  '+49 (0)69 90009-###',
  '069 90009 ###',
  '+4940 66969###',
  '040/66969-0, Durchw. ##',
  '0221 4710-###',
  '+49.221.4710###',
];
const germanMobile = [
  '0171 39200##',
  '0171/39200##',
  '+49 171 39200##',
  '0152 28817386',
  '+49 (0) 172 9925904',
  '01729968532',
];

/** The countries. Shares need not add up: they are weights. */
export const countries: readonly Country[] = [
  country('Deutschland', 560, german, germanLandline, germanMobile),
  country(
    'Österreich',
    50,
    {
      ...german,
      surnames: 'Gruber Hofer Öhlinger Pichler Steiner Moser Prägartner Weißenböck',
      companies: 'Wiener Kaffeerösterei GmbH|Alpenholz GesmbH|Donau Logistik',
    },
    ['+43 1 234567###', '0043 1 234567###', '+43 (1) 234567### Kl. ##'],
    ['+43 664 123###'],
  ),
  country(
    'Schweiz',
    50,
    {
      given: 'Urs Beat Reto Zoë Chantal Noëmi Jérôme Ursina',
      surnames: 'Zürcher Brönnimann Rüegg Favre Béguin Lüthi Ammann',
      companies: 'Zürcher Uhren AG|Präzisionswerk Biel AG|Fromagerie du Léman SA',
    },
    ['+41 21 234 5# ##', '0041 21 2345###'],
    ['+41 78 123 4# ##'],
  ),
  country(
    'United Kingdom',
    50,
    {
      given: 'Siân Oliver Charlotte Niamh Graham Imogen Alasdair',
      surnames: "O'Connor Smith Llewellyn Hughes-Jones MacLeod Brontë Taylor",
      companies: 'Harbour & Sons Ltd|Northern Bearings plc|Tidewater Freight Ltd',
    },
    ['+44 20 7946 0###', '+44 (0)161 496 0###'],
    ['+44 7400 123###'],
  ),
  country(
    'United States',
    45,
    {
      given: 'Emily José Tyler DeShawn Madison Zoë Brian',
      surnames: "Nguyen García O'Brien Johnson Van_Buren Muñoz Miller",
      companies: 'Lakeside Instruments Inc.|Blue Mesa Software LLC|Acme Fixtures',
    },
    ['+1 415 555 01##', '+1 415.555.01## ext. ##', '001 212 55501##'],
    ['+1 (303) 555-01##'],
  ),
  country(
    'France',
    40,
    {
      given: 'François Hélène Éloïse Benoît Anaïs Gaëlle Loïc',
      surnames: "Lefèvre Dupré Garçon d'Aubigné Bœuf Hémery",
      companies: "Société Générale du Liège|L'Atelier Béton SARL|Vignobles Côté Sud",
    },
    ['+33 1 99 00 ## ##', '0033 2 61 91 ## ##'],
    ['+33 (0)6 39 98 ## ##'],
  ),
  country(
    'Danmark',
    25,
    {
      given: 'Søren Bjørn Åse Mette Jørgen Kåre',
      surnames: 'Sørensen Kjærgaard Ørsted Møller Skovgård',
      companies: 'Nordsø Shipping A/S|Ærø Møbler ApS',
    },
    ['+45 32 12 3# ##'],
    ['+45 34 41 2# ##'],
  ),
  country(
    'Polska',
    30,
    {
      given: 'Łukasz Agnieszka Zbigniew Małgorzata Paweł Żaneta',
      surnames: 'Błaszczyk Wójcik Dąbrowska Śliwiński Żółtowski Kaczmarek',
      companies: 'Łódzkie Zakłady Mebli Sp. z o.o.|Wisła Transport',
    },
    ['+48 12 345 67 ##', '0048123456###'],
    ['+48 512 345 ###'],
  ),
  country(
    'Česko',
    20,
    {
      given: 'Jiří Zdeněk Šárka Věra Ondřej',
      surnames: 'Dvořák Šťastný Růžičková Čermák Novák',
      companies: 'Plzeňské Stroje a.s.|Sklárna Bohemia s.r.o.',
    },
    ['+420 212 345 ###'],
    ['+420 601 123 ###'],
  ),
  country(
    'Italia',
    25,
    {
      given: 'Niccolò Chiara Giosuè Beatrice Matteo',
      surnames: "D'Angelo Rossi Forlì Bevilacqua Cantù",
      companies: 'Officine Forlì S.r.l.|Ceramiche Cantù S.p.A.',
    },
    ['+39 02 1234 5###'],
    ['+39 312 345 6###'],
  ),
  country(
    'España',
    20,
    {
      given: 'Íñigo María_José Begoña Óscar',
      surnames: 'Núñez Peña_Ibáñez Castaño Güell',
      companies: 'Cerámicas Núñez S.L.|Puerto y Mar S.A.',
    },
    ['+34 810 12 34 ##'],
    ['+34 612 34 56 ##'],
  ),
  country(
    'Sverige',
    15,
    { given: 'Åsa Björn Göran Märta', surnames: 'Åkesson Öberg Sjöström Lindgren', companies: 'Skärgårds Teknik AB' },
    ['+46 8 465 004 ##'],
    ['+46 70-174 06 ##'],
  ),
  country(
    'Australia',
    10,
    { given: 'Bruce Kylie Lachlan', surnames: 'Wilson Nguyen Papadopoulos', companies: 'Outback Pumps Pty Ltd' },
    ['+61 2 5550 ####'],
    ['+61 491 570 156', '+61 491 570 157'],
  ),
  country(
    'Türkiye',
    10,
    { given: 'Ayşe Çağla İbrahim Gülşen', surnames: 'Şahin Öztürk Yıldırım Çelik', companies: 'Boğaziçi Tekstil A.Ş.' },
    ['+90 212 345 6# ##'],
    ['+90 501 234 5# ##'],
  ),
  country(
    'Ελλάδα',
    15,
    {
      given: 'Γιώργος Ελένη Νίκος Μαρία',
      surnames: 'Παπαδόπουλος Γεωργίου Αγγελοπούλου',
      companies: 'Αιγαίο Ναυτιλιακή ΑΕ',
    },
    ['+30 21 2345 6###'],
    ['+30 691 234 5###'],
  ),
  country(
    'Българія',
    10,
    { given: 'Иван Елена Георги', surnames: 'Петров Димитрова Стоянов', companies: 'Розова Долина ООД' },
    ['+359 2 123 ###'],
    ['+359 43 012 34##'],
  ),
  country(
    '日本',
    15,
    {
      given: '太郎 花子 健一 美咲',
      surnames: '田中 鈴木 佐藤 渡邊',
      companies: '東京精密工業株式会社|株式会社さくら商事',
    },
    ['+81 3 1234 5###'],
    ['+81 90-1234-5###'],
    true,
  ),
  country(
    '中国',
    10,
    { given: '伟 芳 秀英 敏', surnames: '王 李 张 刘', companies: '上海电子有限公司' },
    ['+86 10 12345###'],
    ['+86 131 2345 6###'],
    true,
  ),
];
