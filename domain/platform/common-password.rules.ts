/**
 * What people choose first, as a small grammar instead of a long list: a common word (or a walk over the keyboard, or a
 * run of digits), written in any case, with the usual replacements, alone, doubled, or with the usual ornaments.
 */
const WORDS = `
password passwort passw0rd passwd pass passcode secret secrets letmein welcome welcome1 login signin admin administrator
root user username guest test testing tester demo sample default changeme change temp temporary access access14 master
superuser system server computer internet network website google facebook amazon apple microsoft windows android samsung
iphone linkedin twitter youtube instagram netflix spotify adobe oracle cisco linux ubuntu database backup office company
business manager service support private security secure public hello goodbye whatever nothing something anything
iloveyou loveyou lovely love lover loveme mylove babylove forever always together kisses sweetheart sweety sweetie honey
darling angel angels princess prince queen king kingdom baby babygirl babyboy bigboy prettygirl beautiful pretty gorgeous
cutie handsome sunshine moonlight starlight rainbow flower flowers butterfly dolphin dolphins dragon dragons monkey
tiger tigers lion lions panther eagle eagles falcon hawk bear bears wolf wolves panda kitten kitty cat cats dog dogs
doggie puppy horse horses pony rabbit bunny turtle snake spider chicken turkey duck shark whale elephant giraffe zebra
football baseball basketball soccer hockey tennis golf golfer volleyball softball cricket rugby boxing wrestling racing
nascar swimming surfing skater skateboard snowboard fishing hunting hunter runner player gamer gaming gameover champion
winner victory liverpool arsenal chelsea barcelona realmadrid manchester united juventus bayern dortmund celtic rangers
lakers yankees redsox cowboys steelers packers raiders broncos patriots dodgers giants warriors chicago boston dallas
london paris berlin madrid rome tokyo sydney newyork texas florida california america canada england france germany
spain italy brazil mexico russia china india japan australia ireland scotland
summer winter spring autumn monday tuesday wednesday thursday friday saturday sunday january february march april june
july august september october november december birthday christmas halloween easter holiday vacation weekend
red blue green yellow orange purple black white silver golden gold pink brown violet crimson diamond crystal pearl ruby
emerald sapphire amber jade
coffee chocolate cookie cookies candy sugar banana apple strawberry cherry peach lemon orange mango pepper ginger
cinnamon vanilla caramel pumpkin pickle cheese pizza burger chicken nugget butter bacon tequila whiskey vodka beer wine
coke pepsi corona budweiser heineken
superman batman spiderman ironman hulk thor wolverine superstar rockstar pokemon pikachu mario sonic zelda naruto goku
starwars startrek skywalker yoda gandalf frodo hobbit harrypotter hogwarts matrix terminator avatar titanic gladiator
simpsons bart homer snoopy scooby garfield mickey minnie donald tinkerbell cinderella barbie hellokitty elmo
michael jordan jennifer jessica ashley amanda daniel david robert thomas charlie matthew andrew joshua anthony william
joseph christopher nicholas jonathan brandon justin samantha nicole melissa michelle elizabeth stephanie danielle
heather rebecca laura sarah rachel hannah emily emma olivia sophia isabella mia charlotte amelia harper evelyn abigail
victoria natalie alexander alexandra benjamin samuel oliver lucas mason logan ethan jacob noah liam james john george
steven stephen richard patrick peter paul mark maria martin marina andrea carlos jose juan antonio francisco alejandro
fernando sebastian gabriel rafael angel diego pedro miguel manuel ricardo roberto sergio cristina patricia monica carmen
isabel lucia sandra daniela valentina camila natalia carolina adriana katie kimberly tiffany vanessa jasmine brittany
crystal amber courtney megan lauren kayla taylor tyler hunter cameron austin dakota dylan cody jason kevin brian eric
ryan scott gary larry jerry dennis buster max rocky buddy bailey lucky shadow smokey peanut molly maggie ginger daisy
sophie chester tucker jack jackie jake bella luna coco oreo pepper oscar milo toby duke bear zeus apollo
mustang corvette camaro ferrari porsche mercedes bmw audi toyota honda yamaha suzuki kawasaki harley davidson ducati
jeep chevy dodge ford subaru nissan volkswagen
metallica nirvana slipknot eminem tupac beatles queen acdc ironmaiden slayer pantera blink182 greenday linkinpark
rammstein guitar music piano drums singer dancer dancing rockandroll hiphop
freedom liberty justice peace heaven jesus jesuschrist god godisgood blessed faith grace hope believe angelina church
bible christ saint devil demon hell satan lucifer ghost zombie vampire killer murder blood death darkness midnight
thunder lightning storm fire flame phoenix ice snow rain water ocean river mountain island forest desert earth planet
galaxy cosmos universe star stars moon sun rocket
money dollar dollars cash rich million millionaire billion success power powerful energy magic magical mystery legend
hero warrior soldier ninja samurai pirate knight wizard witch vampire ranger sniper shooter cowboy outlaw gangster
trustno1 trustme fuckyou fuckme fuckoff asshole bitch shit bastard sexy sexygirl sexyboy hottie playboy pussy dick
qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc 1q2w3e 1q2w3e4r 1q2w3e4r5t
1qaz2wsx 1qazxsw2 zaq12wsx q1w2e3r4 q1w2e3r4t5 qweasd qweasdzxc asdzxc poiuytrewq lkjhgfdsa mnbvcxz abc abcd abcde
abcdef abcdefg abcdefgh abc123 a1b2c3 a1b2c3d4 aaa bbb xxx zzz ncc1701 thx1138 thunderbird firebird blackbird
bluebird jackass bubbles bubba cheyenne stupid idiot moron loser nobody noname unknown anonymous hacker hackme cracker
matrix1 monster monsters creative creation student teacher school college university science history english spanish
family mother father mommy daddy mama papa sister brother grandma grandpa friend friends bestfriend cheerleader
revloop revenue marketing salesforce hubspot customer customers salesteam salesman prospect pipeline
`;

/** What people put before and behind a word to please a rule. */
const ENDS = [
  '',
  '1',
  '12',
  '123',
  '1234',
  '12345',
  '123456',
  '!',
  '1!',
  '123!',
  '01',
  '007',
  '69',
  '99',
  '2024!',
  '*',
  '@',
  '#',
  '.',
];

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));

const ROWS = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertzuiop',
  'azertyuiop',
];
const REPLACED: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Passwords that the grammar holds when it is written out; for tests and for people who ask how long the list is. */
export function* commonPasswords(): Generator<string> {
  for (const word of COMMON_WORDS) for (const end of ENDS) yield `${word}${end}`;
}

export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  if (/^(.{1,4})\1+.{0,2}$/u.test(lower) || isWalk(lower)) return true;
  return readings(lower).some((reading) => COMMON_WORDS.has(reading) || isDoubledWord(reading));
}

/** The text as it stands, without ornaments, and with replaced letters read back. */
function readings(text: string): string[] {
  const bare = text.replace(/^[\W\d_]+|[\W\d_]+$/gu, '');
  const tail = text.replace(/[\W\d_]+$/u, '');
  const onlySigns = text.replace(/[\W_]+$/u, '');
  const withoutEnds = ENDS.filter((end) => text.endsWith(end)).map((end) => text.slice(0, text.length - end.length));
  return [bare, tail, onlySigns, ...withoutEnds].flatMap((reading) => (reading ? [reading, readBack(reading)] : []));
}

const readBack = (text: string): string => [...text].map((sign) => REPLACED[sign] ?? sign).join('');

const isDoubledWord = (text: string): boolean =>
  text.length % 2 === 0 && text.slice(0, text.length / 2) === text.slice(text.length / 2) && text.length >= 2
    ? COMMON_WORDS.has(text.slice(0, text.length / 2))
    : false;

/** Made of at most three pieces of neighbouring keys, digits or letters of the alphabet, either way round. */
function isWalk(text: string): boolean {
  let rest = text.replace(/[\W_]+$/u, '');
  if (rest.length < 4) return false;
  for (let pieces = 0; rest !== ''; pieces++) {
    const length = longestWalk(rest);
    if (pieces === 3 || length < Math.min(3, rest.length)) return false;
    rest = rest.slice(length);
  }
  return true;
}

const LINES = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);

function longestWalk(text: string): number {
  for (let length = text.length; length > 0; length--) {
    const piece = text.slice(0, length);
    if (LINES.some((line) => line.includes(piece) || `${line}${line}`.includes(piece))) return length;
  }
  return 0;
}
