"""The year of three units with five people, from the table sent in to a second edition (六)."""

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import served_example
from tests.browser.threeunits import HEADS, NAMES, OFFICE, PASSWORD, SECRETARY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DAY, NEXT_DAY = "2026-05-14", "2026-05-15"
PATIENCE = 60_000
# unit: power, steps, post, risk, manifestation
WORK = {
    "CW": ("差旅费报销审核", "受理报销单→核对票据→归档凭证", "出纳岗", "虚列差旅天数套取补助"),
    "PS": ("评审组选派", "提出名单→核对回避→发出通知", "评审岗", "指定关系密切的评审员"),
    "XX": ("系统账号授权", "受理申请→开通账号→登记备查", "运维岗", "离岗人员账号未及时收回"),
}
SHOWN = {
    "CW": "出差三天按五天填报，多领伙食补助和交通补助",
    "PS": "同一评审员连续三次派往同一机构，名单未经核对",
    "XX": "人员调离一个月后账号仍能登录并导出业务数据",
}
COLUMNS = (
    *("单位", "职权编号", "职权名称", "职权类别", "行使依据", "流程", "岗位", "风险点", "表现形式"),
    *("风险等级", "前期预防", "中期监控", "后期处置", "责任岗位", "频次", "凭证"),
)


def table_of(unit: str, folder: Path) -> Path:
    """Return the table that a unit kept so far: one power, one risk point, three measures."""
    power, steps, post, risk = WORK[unit]
    flow = "→".join(f"{step}（{post}）" for step in steps.split("→"))
    row = (
        *(NAMES[unit], f"{unit}-01", power, "执行权", f"《{power}办法》第三条", flow, post, risk),
        *(SHOWN[unit], "中", f"经办前逐件核对{power}的申请与审批记录"),
        *(f"每月抽取五份{power}的记录与原始材料比对", f"查实{risk}的三日内更正并通报所在处室"),
        *(f"{NAMES[unit]}处长", "每月", "核对记录"),
    )
    file = folder / f"{NAMES[unit]}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, row])
    return file


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an institution of three units that has filed nothing yet."""
    home = tmp_path_factory.mktemp("year")
    with served_example(home, DAY, adding="tests.browser.threeunits", alone=True) as served:
        yield served


class Player:
    """One of the five, at their own browser."""

    def __init__(self, browser: Browser, base: str, username: str) -> None:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "lianfang_language", "value": "zh-hans", "url": base}])
        self.base, self.page = base, context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(f"{base}/account/login/")
        self.page.locator("[name=username]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(f"{base}/")

    def open(self, path: str) -> Page:
        """Open a page by its path."""
        self.page.goto(f"{self.base}{path}")
        return self.page

    def follow(self, words: str) -> None:
        """Follow the first link of that name in the page."""
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state("networkidle")

    def press(self, words: str) -> None:
        """Press the button of that name in the page."""
        self.page.locator("main").get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state("networkidle")

    def fill(self, **fields: str) -> None:
        """Fill in fields of the form, by name."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)

    def save(self) -> None:
        """Send the form of the page, which must be accepted."""
        self.page.locator("main form").locator(".btn-primary, .btn-ink").first.click()
        self.page.wait_for_load_state("networkidle")
        assert self.page.locator("[aria-invalid=true], .form-err, .errors").count() == 0, (
            self.page.locator("main").inner_text()
        )

    def says(self, *words: str) -> None:
        """Hold the page to what it must say."""
        text = self.page.locator("main").inner_text()
        for one in words:
            assert one in text, text

    def filing(self, unit: str) -> None:
        """Open the filing of a unit from the board."""
        self.open("/cycles/")
        self.follow(NAMES[unit])


def send_in(head: Player, unit: str, folder: Path) -> None:
    """Drop the unit's table in, look at the preview, and write it (六（一）)."""
    page = head.open("/intake/")
    page.locator("[name=tables]").set_input_files(table_of(unit, folder))
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/intake/files/\d+/$"))
    page.get_by_role("button", name="导入选用的").click()
    page.get_by_text("已导入").first.wait_for()


def submit(head: Player, unit: str, statement: str) -> None:
    """Begin or go on with the unit's filing and submit it."""
    head.filing(unit)
    for step in ("开始填报", "继续修改"):
        if head.page.locator("main").get_by_role("button", name=step).count():
            head.press(step)
    head.follow("报送")
    head.fill(statement=statement)
    head.save()
    head.says("已报送", statement)


def check(office: Player) -> None:
    """Conclude the five checks of the filing on the screen (六（二）)."""
    office.follow("作出五项结论")
    for box in office.page.locator("main form input[type=checkbox]").all():
        box.check()
    office.save()
    office.says("审核通过")


def send_back(office: Player, remark: str, reason: str) -> None:
    """Ask something of the filing on the screen, and return it."""
    office.follow("添加意见")
    office.page.locator("[name=check_code]").select_option("C5")
    office.fill(text=remark)
    office.save()
    office.follow("退回修改")
    office.fill(reason=reason)
    office.save()
    office.says("已退回", remark)


def decide(office: Player, held_on: str = DAY) -> None:
    """Record a meeting that approves whatever waits for one (六（三）)."""
    office.open("/cycles/meetings/")
    office.follow("记录会议")
    office.fill(held_on=held_on, place="三楼会议室")
    page = office.page
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    for outcome in page.locator("main form select[name^=outcome]").all():
        outcome.select_option("approve")
    office.save()
    office.says("审议通过")


def publish_all(office: Player) -> None:
    """Leave the publication to the workers, and wait until it is done."""
    office.open("/cycles/")
    office.follow("发布审议通过的")
    office.save()
    office.open("/jobs/")
    office.page.get_by_text("发布了 3 个单位的版本").first.wait_for()


def issue(office: Player) -> None:
    """Issue the minutes of the meeting and the notice of what was published."""
    for paper in ("印发纪要", "印发发布通知"):
        office.open("/cycles/meetings/")
        office.follow(paper)
        office.save()


def papers(reader: Player, path: str, pattern: str) -> dict[str, bytes]:
    """Return the files that the links of a page lead to, by address."""
    page = reader.open(path)
    links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.href)")
    found = {link: page.request.get(link) for link in links if re.search(pattern, link)}
    assert all(answer.ok for answer in found.values()), found
    return {link: answer.body() for link, answer in found.items()}


def test_three_units_come_from_their_tables_to_a_second_edition(
    browser: Browser, base: str, tmp_path: Path
) -> None:
    heads = {unit: Player(browser, base, login) for unit, login in HEADS.items()}
    office, secretary = (Player(browser, base, name) for name in (OFFICE, SECRETARY))
    begin_the_year(office)
    for unit, head in heads.items():
        send_in(head, unit, tmp_path)
    go_smoothly(heads["CW"], office)
    come_back_twice(heads["PS"], office)
    come_late(heads["XX"], office)
    consult(office, heads["PS"])
    decide(office)
    publish_all(office)
    issue(office)
    revise(heads["CW"], office)
    look_at_the_papers(secretary, tmp_path)


def begin_the_year(office: Player) -> None:
    """Open the year, and its first stage late, with the reason; its last day stays (六)."""
    office.open("/cycles/")
    office.press("开始 2026 年度工作")
    office.follow("开始")
    office.fill(ends_on="", reason="首年运行，按启动会的日期开始")
    office.save()
    office.says("首年运行")


def go_smoothly(head: Player, office: Player) -> None:
    """Let finance file, and the office find nothing to ask."""
    submit(head, "CW", "首次梳理，职权一项")
    office.filing("CW")
    office.press("开始审核")
    check(office)


def come_back_twice(head: Player, office: Player) -> None:
    """Let assessment be returned twice, mend what is asked, and pass the third time."""
    for number, remark in enumerate(("后期处置请写明时限", "请写明由谁核对"), 1):
        submit(head, "PS", f"第 {number} 次报送")
        office.filing("PS")
        office.press("开始审核")
        send_back(office, remark, f"请改正：{remark}")
        head.filing("PS")
        head.says(remark)
        head.follow("答复")
        head.fill(answer="已改正，见措施")
        head.save()
    submit(head, "PS", "第 3 次报送")
    office.filing("PS")
    office.press("开始审核")
    while office.page.locator("main").get_by_role("button", name="已解决").count():
        office.press("已解决")
    check(office)


def come_late(head: Player, office: Player) -> None:
    """Let information technology be reminded by letter, and file then (七（四）)."""
    office.filing("XX")
    office.follow("发催报函")
    office.save()
    submit(head, "XX", "逾期报送，原因已书面说明")
    office.filing("XX")
    office.press("开始审核")
    check(office)


def consult(office: Player, reader: Player) -> None:
    """Ask for opinions, hear one, answer it and sum up (六（三）)."""
    office.open("/cycles/consultations/")
    office.follow("发起征求意见")
    office.save()
    reader.open("/cycles/consultations/")
    reader.follow("提意见")
    reader.fill(text="建议把抽查比例写进措施")
    reader.save()
    office.open("/cycles/consultations/")
    office.follow("答复")
    office.page.locator("[name=is_taken]").select_option("yes")
    office.fill(answer="已请单位补写")
    office.save()
    office.follow("汇总并结束")
    office.fill(summary="收到意见一条，已采纳")
    office.save()


def revise(head: Player, office: Player) -> None:
    """Change one power of an edition in force; a new edition comes of it (六（五）)."""
    head.open("/cycles/revisions/")
    head.follow("开始修订")
    head.page.locator("[name=trigger]").select_option("process_changed")
    head.fill(reason="改为线上受理")
    head.page.locator("[name=powers]").first.check()
    head.save()
    filing = head.page.url
    head.follow("CW-01")
    head.follow("修改")
    head.fill(frequency="每年约 800 次")
    head.save()
    head.page.goto(filing)
    head.follow("报送")
    head.fill(statement="频次改为线上统计的数")
    head.save()
    office.page.goto(filing)
    office.press("开始审核")
    check(office)
    decide(office)
    office.page.goto(filing)
    office.follow("发布版本")
    office.fill(effective_from=NEXT_DAY)
    office.save()
    office.says("已发布")


def look_at_the_papers(reader: Player, folder: Path) -> None:
    """Print what came of the year: editions, their difference, the file that proves itself."""
    reader.open("/cycles/editions/")
    reader.says("2026-1", "2026-2")
    reader.page.locator("main").get_by_role("link", name="2026-2").click()
    reader.page.wait_for_load_state()
    edition = urlsplit(reader.page.url).path
    prints = papers(reader, edition, r"/print/")
    assert len(prints) >= 9
    compared = papers(reader, opened(reader, r"/editions/\d+/with/\d+/$"), r"\?as=")
    official = papers(reader, "/cycles/meetings/", r"/files/documents/")
    official |= papers(reader, filing_of(reader, "XX"), r"/files/documents/")
    assert len(official) == 3
    for link, content in {**prints, **compared, **official}.items():
        is_pdf = link.endswith("pdf") or link in official
        assert content.startswith(b"%PDF" if is_pdf else b"PK"), link
    (file,) = papers(reader, edition, r"/file/$").values()
    saved = folder / "edition.json"
    saved.write_bytes(file)
    verify = [sys.executable, "-m", "lianfang", "edition", "verify", str(saved)]
    assert subprocess.run(verify, check=False, capture_output=True).returncode == 0
    saved.write_bytes(file.replace(b"800", b"900"))
    assert subprocess.run(verify, check=False, capture_output=True).returncode == 0
    with_digest = [*verify, "--digest", sha256(file).hexdigest()]
    assert subprocess.run(with_digest, check=False, capture_output=True).returncode == 1


def filing_of(reader: Player, unit: str) -> str:
    """Return the path of a unit's filing."""
    reader.filing(unit)
    return urlsplit(reader.page.url).path


def opened(reader: Player, pattern: str) -> str:
    """Return the path of the first link of the page that fits."""
    links = reader.page.eval_on_selector_all("main a[href]", "all => all.map(a => a.href)")
    return str(urlsplit(next(link for link in links if re.search(pattern, link))).path)
