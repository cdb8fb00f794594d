"""Given names that English shortens: which long and short forms may be one person's."""

from __future__ import annotations

_FAMILIES = """
abraham abe|albert al bert|alexander alex al|alfred al fred|andrew andy drew|angus|anthony tony|arthur art|barbara barb|
benjamin ben|bernard bernie bernardo|bradley brad|catherine cathy kathy cate kate katherine kathleen katie|charles chuck charlie chas|
christopher chris|christina chris tina|clarence|clifford cliff|cynthia cindy|daniel dan danny|david dave|deborah debbie deb debra|
donald don donny|dorothy dottie|douglas doug|dusty|edward ed eddie ted ned|edwin ed|elizabeth liz beth betsy lizzie|eleanor ellie|
emanuel manny|eugene gene|francis frank fran|frances fran|franklin frank|frederick fred freddie|gabriel gabe|gerald gerry jerry|
gerard gerry jerry|gilbert gil|gregory greg|gwendolynne gwen|gwendolyn gwen|harold hal harry|henry hank harry|herbert herb|hubert|
isaac ike|jacklyn jacky jackie|jacquelyn jacky jackie|jacob jake|james jim jimmy jamie|janet jan|janice jan|jeanne|jeffrey jeff|geoffrey jeff geoff|
jennifer jen jenny|jeremy|jerome jerry|jerrold jerry|jefferson jeff|jesus chuy|joaquin|john jack johnny jon|jonathan jon jonny|joseph joe joey|joshua josh|
judith judy|kenneth ken kenny|kimberly kim|kirsten|lawrence larry|leonard len lenny|leslie les|lewis lew|lisa|louis lou|lucille lucy|
madeleine|margaret maggie meg peggy|marcus mark|maria|martin marty|marjorie marge|matthew matt|maxwell max|melanie mel|michael mike mick|
mikie|mitchell mitch|morgan|nathaniel nate nat|nicholas nick|nicolas nick|norman norm|pamela pam|patricia pat patty tricia|patrick pat rick|
peter pete|philip phil|phillip phil|rafael ted raffi|ralph|randall randy|randolph randy|raphael|raul|raymond ray|rebecca becky becca|reginald reggie|
richard rick dick rich ricky richie|robert bob rob bobby robbie|roberta bobbie|rodney rod|roger|ronald ron ronny|rosalind|russell russ rusty|
ruben|samuel sam|sandra sandy|sanford sandy|sarah sally|sean|sheldon|sidney sid|stanley stan|stephanie|stephen steve|steven steve|
stewart stew|susan sue susie|suzanne sue suzie|suhas|sylvester|tamara tammy|terrance terry|terrence terry|terri teresa|theodore ted teddy theo|thomas tom thom tommy|
timothy tim|valerie val|victor vic|victoria vicky|vincent vince|virginia ginny|walter walt|warren|wesley wes|wilfred|william bill will billy|
zachary zach zack|zoe|addison mitch|earl buddy|randal randy|jesse chuy|eliot|cory|deborah deb|debra deb|gus augustus|hakeem|hal harold|jodey joseph|
lateefah|nydia|nancy|shelley|charles chuck|mariannette|mario|marc marcus mark|dan daniel|ami|grace|beth elizabeth|bennie benjamin|
bonnie|brendan|chellie|chip|clay|donna|dwight|frank franklin|jay|jim james|jill|kat kathleen katherine|tammy|ritchie richard|vern vernon|rick richard eric patrick|
eric rick erick|august pfluger|trent|virginia|w gregory|julia|jared|nanette|emilia|delia|maxine|dina|dianne|alexandria|sara sarah|steve stephen steven|
jon john jonathan|josh joshua|shri|sri|tj thomas|hank henry|kiki|mike michael|gt glenn|hillary|aumua|gregorio|bill william|elise
"""

_RELATED: dict[str, set[str]] = {}
for _family in _FAMILIES.replace("\n", "").split("|"):
    _names = _family.split()
    for _name in _names:
        # A short form goes with its long forms and the other short ones of each.
        _RELATED.setdefault(_name, set()).update(_names)


def may_be_one(one: str, other: str) -> bool:
    """Whether two given names, folded, can be the same person's: equal, one an initial, or one short for the other."""
    one, other = one.rstrip("."), other.rstrip(".")
    if one == other or other in _RELATED.get(one, ()):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    return len(one) >= 3 and len(other) >= 3 and (one.startswith(other) or other.startswith(one))
