"""Hand-made regulations of a fictional county (示例), indexed for real, as sources of answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from answer.select import Reading, read
from corpus.errors import NotFoundError
from corpus.hit import Hit, make_hit
from corpus.locate import Locator
from corpus.mentions import parse_question
from corpus.model import Edition
from corpus.titles import TitleIndex
from index.build import build
from index.search import Index
from ingest.document import Block
from ingest.structure import parse

MEETINGS = (
    "示例县党支部组织生活实施细则",
    "第一条　为了严格党的组织生活，根据《中国共产党章程》，结合示例县实际，制定本细则。",
    "第二条　本细则所称“四会一课”，是指支部党员大会、支部委员会会议、党小组会、述职评议会和党课。",
    "第三条　党支部每季度召开一次党员大会，每月召开一次支部委员会会议。",
    "党员大会由支部书记召集并主持。书记因故不能参加的，可以委托副书记召集并主持。",
    "第四条　党员有下列情形之一的，经本人申请、支部同意，可以不参加党员大会：",
    "（一）年老体弱、行动不便的；",
    "（二）患重病住院治疗的；",
    "（三）经组织批准外出学习的。",
    "前款规定以外的，应当事先书面请假。",
    "第五条　党员无正当理由连续三次不参加组织生活的，由支部书记进行谈话提醒；经提醒仍不改正的，给予批评教育。",
    "第六条　组织生活会议记录保存期限为三年，参会党员人数不得少于应到会党员的百分之八十。",
    "第七条　本细则自2021年3月1日起施行。",
)
REPORT = (
    "示例县基层党建工作报告",
    "一、抓实组织建设",
    "（一）建强队伍",
    "全年选派45名机关干部到村任第一书记，培训农村党员1200人次。",
    "（二）建好阵地",
    "一是改造活动场所。投入资金300万元，改造提升村级活动场所27个，配备图书、电脑、投影等设备。",
    "二是完善管理制度。制定《示例县村级活动场所管理办法》，推行“三定两评”工作法，即定人员、定职责、定时间，群众评议、组织评定。",
    "二、存在的不足",
    "少数村级活动场所利用率不高。",
)
RETIRED = (
    "示例县会议费管理办法",
    "第一条　会议费实行总额控制。",
    "第二条　会议伙食费每人每天不得超过一百二十元。",
)
LONG_LIST = (
    "示例县干部考核办法",
    "第一条　有下列情形之一的，年度考核不得确定为优秀等次：",
    *(
        f"（{number}）{text}"
        for number, text in zip(
            "一二三四五六七八九十",
            [
                "在县委巡察中发现问题整改不力，经督办后仍然不见成效，影响单位整体工作，受到上级通报批评并造成不良影响的；",
                "在信访工作中推诿扯皮，导致群众越级上访，经核实负有直接责任，受到县委县政府通报批评并造成不良影响的；",
                "在乡村振兴考核中排名末位，主要任务指标没有完成，拖累全县考核结果，受到约谈提醒并造成不良影响的；",
                "在生态环境保护督察中弄虚作假，隐瞒真实情况，对反馈问题虚假整改，受到问责处理并造成不良影响的；",
                "在安全生产工作中履职不到位，发生较大以上事故，负有领导责任，受到组织处理并造成不良影响的；",
                "在意识形态工作中把关不严，出现错误导向，没有及时处置，受到批评教育并造成不良影响的；",
                "在财政资金使用中违反规定，挤占挪用专项经费，经审计查实，受到责令整改并造成不良影响的；",
                "在项目建设中进度严重滞后，无正当理由未完成年度计划，受到县政府督查通报并造成不良影响的；",
                "在保密工作中发生失泄密事件，没有及时报告和补救，致使涉密文件资料在互联网上传播，受到保密部门处理并造成不良影响的；",
                "其他应当取消评优资格的情形，由县委组织部会同县纪委监委根据干部的日常表现和有关部门的意见研究提出，报县委常委会会议审定。",
            ],
            strict=True,
        )
    ),
)


def edition(lines: Sequence[str], date: str = "2021-02-20") -> Edition:
    structure = parse([Block(line) for line in lines], "无题")
    return Edition(structure.title, date, structure.text, structure.provisions)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sources over a few editions; `status` by edition id, in force where none is given."""

    index: Index
    editions: dict[str, Edition]
    status: dict[str, str]
    titles: TitleIndex

    def search(self, question: str, k: int) -> list[Hit]:
        return [self._hit(one.chunk.edition, one.chunk.path, one.score) for one in self.index.search(question, k)]

    def find(self, question: str, k: int) -> tuple[list[Hit], dict[str, dict[str, float]]]:
        ranked, features = self.index.find(question, k)
        hits = [self._hit(one.chunk.edition, one.chunk.path, one.score) for one in ranked]
        return hits, {hit.id: row for hit, row in zip(hits, features, strict=True)}

    def read(self, hit: Hit) -> Reading:
        return read(hit, self.locator(hit.edition_id))

    def look_up(self, question: str) -> list[Hit]:
        found = []
        for citation in parse_question(question, self.titles):
            named = [one for one in self.editions.values() if one.title == citation.title]
            if not named:
                raise NotFoundError(f"本库没有《{citation.title}》")
            found.append(self._hit(named[0].id, Locator(named[0]).find(citation).path))
        return found

    def locator(self, edition_id: str) -> Locator:
        return Locator(self.editions[edition_id])

    def edition(self, edition_id: str) -> Edition:
        return self.editions[edition_id]

    def title_in(self, question: str) -> list[str]:
        return [title for mention in self.titles.find_in(question) for title in mention.titles]

    def weight(self, word: str) -> float:
        return self.index.weight(word)

    def words(self, text: str) -> list[str]:
        return self.index.words(text)

    def _hit(self, edition_id: str, path: str, score: float = 0.0) -> Hit:
        status = self.status.get(edition_id, "in_force")
        return make_hit(Locator(self.editions[edition_id]), path, status, score=score)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    editions = [edition(MEETINGS), edition(REPORT, "2022"), edition(RETIRED, "2010-05"), edition(LONG_LIST)]
    folder = tmp_path_factory.mktemp("shelf")
    build(editions, folder, "示例", workers=1)
    status = {"示例县会议费管理办法@2010-05": "repealed", "示例县基层党建工作报告@2022": "unknown"}
    titles = TitleIndex(one.title for one in editions)
    return Shelf(Index.open(folder), {one.id: one for one in editions}, status, titles)
