"""Phrases by which a sentence is read for duties (语句格式): conditions, who acts by 由, how a case is handled, lists.

Each is looked for at the place that the method using it names; none knows a single regulation.
"""

from __future__ import annotations

import re

CONDITION = re.compile(r"(?:的|(?<![学小课及同])时|后|前|内|期间|以上|以下|之一)\Z")
WAITS = re.compile(r"(?:的|(?<![学小课及同])时|的同时|后|前)\Z|\A在.*中\Z")
WHOM = re.compile(r"的(?:人|人员|党员|干部|同志)\Z")
# Others act: 应当建议有关党组织按照以下办法处理.
URGED = re.compile(
    r"(?:指导|协调)[^，。；：]{4,40}(?:开展|做好)(?:下列|以下)|(?:建议|责成|要求|督促)(?:有关|下级|其|被)[^，。；：]{0,20}(?:下列|以下|如下)"
)
# Behind a name: who thinks so acts.
THINKS = re.compile(r"[^，。；的]{0,6}认为")
# Whom something is done to or with.
WITH = re.compile(r"(?:但|也|还|并|其中)*(?:对|每|向|将|把|给|为|以|经|同|与|由|从)")
# Whose decision it takes: 经全体会议决定，可以….
DECIDED = re.compile(r"(?:\A|，)经(?=[^，。；]{2,40}(?:决定|赞成)\Z)")
# Whoever is guided is meant by a ban behind it: 教育引导党员…，不得….
GUIDED = re.compile(r"[^。；]{0,8}(?:教育|引导|督促|要求|提醒)(?:引导|监督)?[^，。；的]{0,4}(?:党员|干部|群众|人员)")
# What a person whom a condition names does: 申请回避.
ASKS = re.compile(r"[^，。；]{0,30}?(?:申请|提出|请求|说明|反映|回避|辞去|请假|退出)")
# Behind 被开除后: what the one it happened to must not do.
BARRED = re.compile(r"(?<=后)，不(?:得|能|准)")
# No more than a basis: 应当按照…，由…决定.
BASIS = re.compile(r"(?:根据|按照|依照|依据)(?:[^，。；（）]|（[^（）]*）)*\Z")
EXCEPT = re.compile(r"除[^，。；]*外")
ELSE = re.compile(r"[^，。；]{0,8}或者经")  # 由…决定或者经…决定: either of two
IS = re.compile(r"是|系\Z")
THEN = re.compile(r"，(?:应|可以|由|须|要)")
PASSED = re.compile(r"经(?!过)(?![^，。；]{2,20}(?:同意|批准)后)")
TO = re.compile(r"(?:对|对于)(?!口|外联)")
CASE = re.compile(r"(?:的|之一)\Z")
BY = re.compile(r"[^，。；：由“《]{0,14}(?<![^移]交)由(?!于|此)")
BY_WHOM = re.compile(r"(?:分别|一般|原则上|先|首先|统一|同时|依法|及时|均|都)*由(?!于|此)")
BY_RULE = re.compile(r"(?:按照?|根据|依照|在)[^，。；：由“《]{1,14}(?<!交)由(?!于|此)")
QUALIFIES = re.compile(r"[^，。；]{1,10}的[^，。；的]{1,6}")
BECOMES = re.compile(r"[^，。；]{0,12}(?:担任|兼任|组成|产生|构成)")
# How a case is handled, by nobody that the case names.
HANDLED = re.compile(
    r"(?!请求|申请|提出|要求)(?:按照?|依照?|依据|根据|视|经|及时|一律)?[^，。；由]{0,12}?(?:给予|予以|责令|追究|视为|撤销|取消|终止|移送|从重|从轻|减轻|免予|免于|加重|除名|进行(?:诫勉|提醒|谈话|批评|问责|处理)|延长|恢复|保留|列为|作为|转为|评为|认定|批准|追认|批评教育|开除|免职|辞退|补偿|递补|补足)"
)
# What is done to a person's things or standing.
TAKEN = re.compile(
    r"[^，。；]{0,8}(?:没收|追缴|退赔|收回)|[^，。；]{0,6}(?:提拔|推荐担任)|[^，。；]{0,40}[予给][以予][^，。；]{0,2}补偿"
)
# A bare time, behind which a sentence goes on with whom the one before it named.
TIMES = re.compile(r"(?:[^，。；：]{1,6}(?:时|后|前|中|期间|下)|年[初终底末])\Z")
BESIDE = re.compile(
    r"(?:[在于自][^，。；：]*(?:时|后|前|[中上]|期间)|确?因[^，。；：]*(?:情况|原因|需要)|(?:根据|确有)[^，。；：]*(?:需要|必要的?))\Z"
)
# A list opens here, so there is no act yet.
LISTS = re.compile(r"[^，。；：:]{0,16}包括[：:]|(?:予以|给予)[：:]|[^，。；：:]{1,6}的[^，。；：:的]{1,4}[：:]")
LIST_LEAD = re.compile(
    r"(?:下列|以下|如下)[^，。：]{0,12}[：:]\Z|(?:职责|任务|要求|义务|职权|权利|做到)(?:主要)?(?:是|有|包括)?[：:]\Z"
)
CASES = re.compile(r"情形|情况|条件|行为|之一|原则|标准|材料|内容|程序|方式|种类|范围|事项|对象|资料")
# Whom or what, not what is done.
THINGS = re.compile(r"(?:下列|以下|如下)[^，。：]{0,8}(?:人员|单位|信息|文件)[：:]\Z")
ASIDE = re.compile(r"(?:但|但是|凡|凡是)?(?:对|对于|将|把|经|除|凡|在|针对)(?!外联|口|职)")
TASK = re.compile(
    r"的?(?P<task>(?:基本|主要|重要|工作|具体)*(?:职责|任务|义务|职权|权利|责任内容)(?:主要)?(?:是|有|包括)?)[：:]\Z"
)
EXPLAINED = re.compile(
    r"是指|负责解释|解释。?\Z|根据本(?:条例|办法|规定|细则)制定|以上包括|本数|含本|自[^，。]{0,12}施行|参照本|适用本"
)


def opens_acts(words: str) -> bool:
    """Tell whether a sentence introduces a list of what is to be done."""
    if TASK.search(words):
        return True
    match = LIST_LEAD.search(words)
    return match is not None and not THINGS.search(words) and not CASES.search(words[max(0, match.start() - 12) :])
