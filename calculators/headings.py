"""Which row of a table is its header, and which column is which.

Here lives the one list of the headings by which declared columns are known, in Chinese and English,
and the judgement on a table without a header. Nothing here reads files or rows.
"""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from calculators.amounts import HALF_WIDTH, NotAnAmount, is_amount, is_currency, parse_heading
from calculators.dates import parse_date

HEADER_WITHIN: Final = 20
"""How many rows of titles may stand above a header."""
_LONGEST_HEADING: Final = 40
_LOOSE: Final = 1000  # the rank of a heading that only contains a known word


@dataclass(frozen=True)
class Column:
    """A declared column: its name is also the key of the headings it is known by (KNOWN_HEADINGS).

    A ``choice`` is one of ``options``, each with the spellings by which it is known: the first in Chinese, the
    second in English. A column of ``people`` holds their names, which pseudonyms can take the place of.
    """

    name: str
    kind: Literal["text", "money", "number", "percent", "date", "choice"]
    required: bool = True
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    people: bool = False


@dataclass(frozen=True)
class TableSpec:
    """A declared table; ``name`` is the field that its mistakes are reported under.

    One that is not ``required`` may be absent; its calculator then gets None for it. Rows ``from_result`` come
    from acting on a result (a cell pinned, a person moved), so that having some is no list of the reader's own.
    """

    name: str
    columns: tuple[Column, ...]
    required: bool = True
    from_result: bool = False


@dataclass(frozen=True)
class _Headings:
    """How one column is headed: ``whole`` headings in order of preference, ``parts`` that may stand
    inside a longer one, and ``never``, words that make it another column. English parts are whole words.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    parts: tuple[str, ...]
    never: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


KNOWN_HEADINGS: Final[Mapping[str, _Headings]] = {
    "customer": _Headings(
        zh=_words(
            "客户名称,客户,客户名,客户全称,客户简称,客户姓名,客户公司,公司名称,公司,企业名称,企业,单位名称,单位,"
            "往来单位,购货单位,购买方,购买方名称,买方,甲方,会员名称,经销商,经销商名称,代理商,门店名称,账户名称,"
            "客戶名稱,客戶,公司名稱,企業名稱,單位名稱,名称,名稱,客户编号,客户编码,客户代码,客户号,客户id,客戶編號,"
            "账户,帐户,账号,会员编号,公司编号"
        ),
        en=_words(
            "customer name,customer,client name,client,account name,account,company name,company,organization,"
            "organisation,organization name,organisation name,buyer,buyer name,name,customer id,customer no,"
            "customer number,customer code,client id,client no,account id,account no,account number,"
            "account code,id"
        ),
        parts=_words("客户,客戶,公司名,customer,client,account name,company name"),
        never=_words(
            "经理,負責人,负责人,类型,類型,等级,级别,分级,来源,行业,状态,电话,手机,地址,数,日期,时间,经办,联系人,区域,"
            "收入,金额,贡献,回款,分类,标签,备注,阶段,type,tier,level,class,grade,since,count,manager,owner,status,"
            "phone,email,address,industry,source,date,contact,region,revenue,amount,segment,category,value,rep"
        ),
    ),
    "revenue": _Headings(
        zh=_words(
            "收入,营收,营业收入,销售收入,销售额,销售金额,金额,合同金额,合同额,合同总额,合同总金额,成交金额,成交额,"
            "订单金额,订单总额,签约金额,签约额,回款,回款金额,回款额,回款总额,到账金额,实收金额,实收,已收金额,收款金额,"
            "开票金额,业绩,贡献,收入贡献,年收入,年度收入,年营收,总收入,总金额,总额,收入金额,价税合计,含税金额,"
            "不含税金额,确认收入,客户收入,交易额,交易金额,消费金额,采购额,采购金额,流水,营收金额,營收,收入金額,"
            "金額,銷售額,銷售金額,合同金額,營業額,营业额,gmv"
        ),
        en=_words(
            "revenue,amount,sales,sales amount,sales revenue,net sales,gross sales,net revenue,gross revenue,"
            "total revenue,total sales,annual revenue,turnover,contract value,contract amount,deal value,"
            "deal amount,deal size,order value,order amount,order total,invoiced,invoiced amount,billings,bookings,"
            "value,total amount,total value,total,amount paid,paid,payments,receipts,collections,cash received,"
            "arr,acv,tcv,spend,income"
        ),
        parts=_words(
            "收入,营收,销售额,金额,回款,成交额,合同额,业绩,签约额,金額,營收,銷售額,交易额,营业额,revenue,amount,"
            "sales,turnover,billings,bookings,contract value,deal value,order value,spend"
        ),
        never=_words(
            "目标,占比,比例,比率,比重,率,增长,同比,环比,排名,日期,时间,编号,成本,利润,负责人,人员,代表,经理,类型,"
            "状态,次数,数量,方式,备注,名称,币种,级别,单号,公司,部,%,target,quota,goal,share,growth,rate,rank,date,owner,"
            "rep,manager,type,status,count,cost,margin,profit,percent,percentage,currency,id,name,region,team"
        ),
    ),
    "owner": _Headings(
        zh=_words(
            "负责人,客户负责人,销售负责人,销售,销售员,销售人员,销售代表,销售经理,业务员,业务经理,业务代表,客户经理,大客户经理,"
            "所属销售,归属人,归属销售,所有人,客户所有人,跟进人,经办人,责任人,专员,負責人,業務員,銷售人員,负责销售,姓名"
        ),
        en=_words(
            "owner,account owner,customer owner,account manager,sales rep,sales representative,rep,salesperson,"
            "sales person,salesman,sales owner,sales manager,responsible,manager,ae,account executive,seller"
        ),
        parts=_words(
            "负责人,业务员,客户经理,销售代表,销售经理,销售员,销售人员,负责销售,owner,sales rep,account manager"
        ),
        never=_words("电话,手机,邮箱,日期,时间,编号,工号,部门,phone,email,date,id,收入,金额,占比,数"),
    ),
    "region": _Headings(
        zh=_words(
            "区域,大区,地区,省区,省份,省,城市,省市,所属区域,所在区域,所在地区,所在地,片区,战区,区,市,分公司,销售区域,"
            "區域,地區,省份城市,国家"
        ),
        en=_words("region,sales region,area,territory,province,city,district,zone,state,country,market"),
        parts=_words("区域,大区,地区,片区,战区,省份,城市,region,territory,province,city"),
        never=_words("经理,负责人,编号,电话,manager,owner,id,code,收入,金额,数"),
    ),
    "step": _Headings(
        zh=_words("环节,漏斗环节,阶段,漏斗阶段,销售阶段,步骤,商机阶段,環節"),
        en=_words("step,stage,funnel step,funnel stage,sales stage,pipeline stage"),
        parts=_words("环节,阶段,stage"),
        never=_words("率,数,天,周期,rate,count,days,date"),
    ),
    "conversion": _Headings(
        zh=_words("转化率,转换率,阶段转化率,转化率%,成功率,轉化率"),
        en=_words("conversion rate,conversion,conversion %,rate,step rate"),
        parts=_words("转化率,转换率,conversion"),
        never=_words("数,count,days"),
    ),
    "went_on": _Headings(
        zh=_words("转化数,转出数,成功数,进入下一环节,转化数量"),
        en=_words("went on,won,converted,passed on,moved on"),
        parts=_words("转化数"),
        never=_words("率,rate"),
    ),
    "out_of": _Headings(
        zh=_words("进入数,总数,基数,样本数,进入数量"),
        en=_words("came in,out of,total,entered,of"),
        parts=_words("进入数,样本"),
        never=_words("率,rate"),
    ),
    "cycle": _Headings(
        zh=_words("周期,周期天数,天数,平均天数,停留天数,平均周期"),
        en=_words("cycle,cycle days,days,days to next step,average days,duration"),
        parts=_words("周期,天数,cycle"),
        never=_words("率,rate"),
    ),
    "present": _Headings(
        zh=_words("现有,现有数量,在手,在手数量,存量,当前数量,目前数量"),
        en=_words("there now,present,open,open now,in pipeline,current"),
        parts=_words("现有,在手"),
        never=_words("率,金额,rate,value"),
    ),
    "week": _Headings(
        zh=_words("周,周次,第几周,周数,周一日期,日期,星期,週"),
        en=_words("week,week no,week number,wk,week of,week starting,date"),
        parts=_words("周次,week"),
        never=_words("数,count,goal,target"),
    ),
    "new_customers": _Headings(
        zh=_words("签约付费客户,新签客户,签约客户,付费客户,签约,新签,签约数,新增付费客户"),
        en=_words("customers signed,new customers,customers,signed,paying customers,deals"),
        parts=_words("付费客户,签约,customers"),
        never=_words("潜在,标杆,原话,prospect,reference,quote"),
    ),
    "new_references": _Headings(
        zh=_words("其中标杆,标杆客户,标杆,行业标杆,新增标杆"),
        en=_words("new references,reference customers,references,of which references,reference,lighthouse customers"),
        parts=_words("标杆,reference"),
        never=(),
    ),
    "new_prospects": _Headings(
        zh=_words("新增潜在客户,潜在客户,潜客,新增潜客,新增线索,线索"),
        en=_words("new prospects,prospects,prospects added,leads,new leads"),
        parts=_words("潜在客户,潜客,prospects"),
        never=_words("率,rate"),
    ),
    "new_quotes": _Headings(
        zh=_words("客户原话,原话,原话条数,客户原话条数"),
        en=_words("customer quotes,quotes,customers words,quotes collected"),
        parts=_words("原话,quotes"),
        never=(),
    ),
    "prospect": _Headings(
        zh=_words("潜在客户,潜客,潜在客户名称,线索名称,客户名称,客户,公司名称,公司,企业名称,名称"),
        en=_words("prospect,prospect name,lead,lead name,company,company name,account,account name,customer,name"),
        parts=_words("潜在客户,潜客,客户名,公司名,prospect,company"),
        never=_words("数,电话,日期,紧急,count,phone,date,urgency"),
    ),
    "urgency": _Headings(
        zh=_words("紧急度,需求紧急度,紧急程度,优先级,紧急"),
        en=_words("urgency,urgency of need,priority,urgent"),
        parts=_words("紧急,urgency"),
        never=(),
    ),
    "newcomer": _Headings(
        zh=_words("新人,新人姓名,新员工,姓名,员工姓名,徒弟,徒弟姓名,员工,销售,销售姓名"),
        en=_words("newcomer,new hire,name,person,employee,employee name,mentee,rep,sales rep,full name"),
        parts=_words("新人,姓名,徒弟,new hire,newcomer,mentee"),
        never=_words("师傅,导师,日期,mentor,date"),
    ),
    "started": _Headings(
        zh=_words("入职日期,入职日,入职,入职时间,到岗日期,上岗日期,报到日期"),
        en=_words("started,start,start date,hire date,hired,date hired,joined,join date,joining date"),
        parts=_words("入职,到岗,start date,hire date"),
        never=_words("离职,left"),
    ),
    "signed": _Headings(
        zh=_words(
            "首次独立签单日期,独立签下首单,首单日期,独立签单日期,首单,首单签约日期,首次签单日期,签单日期,签约日期,成交日期"
        ),
        en=_words(
            "first order signed alone,first order alone,first order date,first deal date,signed,signed on,close date"
        ),
        parts=_words("首单日期,签单日期,签约日期,first order date"),
        never=_words("金额,提成,value,commission"),
    ),
    "mentor": _Headings(
        zh=_words("师傅,师父,导师,带教人,带教师傅,师傅姓名,导师姓名"),
        en=_words("mentor,mentor name,coach,buddy"),
        parts=_words("师傅,师父,导师,带教,mentor"),
        never=_words("奖励,积分,reward"),
    ),
    "first_order": _Headings(
        zh=_words("首单金额,首单合同额,首单额,首单合同金额,合同金额,订单金额,签约金额,金额"),
        en=_words("first order value,first order,first deal value,order value,deal value,contract value,amount,value"),
        parts=_words("首单金额,合同额,合同金额,first order value"),
        never=_words("日期,提成,佣金,date,commission"),
    ),
    "commission": _Headings(
        zh=_words("首单提成,提成,佣金,提成金额,徒弟提成"),
        en=_words("commission,first order commission,commission amount,commission on it"),
        parts=_words("提成,佣金,commission"),
        never=_words("率,比例,rate,%"),
    ),
    "order_rate": _Headings(
        zh=_words("佣金率,提成率,提成比例,佣金比例,提成%"),
        en=_words("commission rate,commission %,rate of commission"),
        parts=_words("佣金率,提成率,提成比例,commission rate"),
        never=(),
    ),
    "left": _Headings(
        zh=_words("离职日期,离职,离职时间,离开日期"),
        en=_words("left,left on,leave date,leaving date,exit date,last day,date left,termination date"),
        parts=_words("离职,leave date,exit date"),
        never=_words("原因,reason"),
    ),
    "score_budget": _Headings(
        zh=_words("预算,预算得分,预算评分,预算打分"),
        en=_words("budget,budget score"),
        parts=_words("预算,budget"),
        never=_words("增长,growth"),
    ),
    "score_chain": _Headings(
        zh=_words("决策链,决策链得分,决策链评分,决策,决策人"),
        en=_words("decision chain,chain of decision,decision chain score,decision makers,decision,authority"),
        parts=_words("决策,decision"),
        never=(),
    ),
    "score_industry": _Headings(
        zh=_words("行业,行业得分,行业评分,行业匹配度,行业匹配"),
        en=_words("industry,industry score,industry fit,sector"),
        parts=_words("行业,industry"),
        never=(),
    ),
    "scenario": _Headings(
        zh=_words("场景,异议场景,异议,演练场景,话术场景"),
        en=_words("scenario,objection,objection scenario,drill scenario"),
        parts=_words("场景,异议,scenario,objection"),
        never=_words("数,count"),
    ),
    "drilled": _Headings(
        zh=_words("演练日期,日期,演练时间,时间"),
        en=_words("drilled,drilled on,date,drill date,day"),
        parts=_words("日期,date"),
        never=(),
    ),
    "line": _Headings(
        zh=_words("线,五线,所属线,业务线,维度"),
        en=_words("line,dimension,area"),
        parts=_words("所属线"),
        never=(),
    ),
    "measure": _Headings(
        zh=_words("指标,指标名称,考核指标,目标项,kpi"),
        en=_words("measure,metric,indicator,kpi,measure name"),
        parts=_words("指标,measure,metric"),
        never=_words("目标值,实际,权重,target,actual,weight"),
    ),
    "measure_target": _Headings(
        zh=_words("目标,目标值,指标值,计划,计划值"),
        en=_words("target,goal,plan,target value"),
        parts=_words("目标,target"),
        never=_words("完成,达成,实际,actual,attainment"),
    ),
    "measure_actual": _Headings(
        zh=_words("实际,实际值,实际完成,完成,完成值,实绩"),
        en=_words("actual,actual value,result,achieved"),
        parts=_words("实际,完成值,actual"),
        never=_words("率,rate"),
    ),
    "measure_weight": _Headings(
        zh=_words("权重,权重%,占比,比重"),
        en=_words("weight,weight %,weighting"),
        parts=_words("权重,weight"),
        never=(),
    ),
    "direction": _Headings(
        zh=_words("方向,好坏方向,越高越好,指标方向"),
        en=_words("direction,better,better when,polarity"),
        parts=_words("方向,direction"),
        never=(),
    ),
    "track": _Headings(
        zh=_words("轨道,所属轨道,市场,赛道,业务轨道"),
        en=_words("track,market,which track"),
        parts=_words("轨道,track"),
        never=(),
    ),
    "initiative": _Headings(
        zh=_words("举措,项目,举措名称,行动,项目名称,事项"),
        en=_words("initiative,project,action,initiative name"),
        parts=_words("举措,initiative,project"),
        never=_words("权重,weight"),
    ),
    "initiative_weight": _Headings(
        zh=_words("权重,比重,系数"),
        en=_words("weight,weighting,relative weight"),
        parts=_words("权重,weight"),
        never=(),
    ),
    "person": _Headings(
        zh=_words(
            "姓名,人员,员工,员工姓名,销售,销售员,销售人员,销售姓名,销售代表,业务员,业务代表,成员,新人,新员工,新人姓名,"
            "顾问,客户经理,负责人,名字,工号,员工编号,人员编号"
        ),
        en=_words(
            "name,person,employee,employee name,full name,sales rep,rep,salesperson,seller,seller name,new hire,"
            "member,team member,owner,account executive,ae,staff,employee id,staff id"
        ),
        parts=_words("姓名,销售员,业务员,新员工,员工,employee,salesperson,seller"),
        never=_words(
            "日期,时间,电话,手机,邮箱,部门,岗位,职级,级别,入职,离职,通过,业绩,金额,数,date,time,phone,email,team,"
            "department,title,manager,status,count"
        ),
    ),
    "result": _Headings(
        zh=_words(
            "业绩,销售业绩,个人业绩,业绩金额,完成业绩,完成额,实际业绩,业绩完成,销售额,销售金额,签约金额,签约额,成交金额,"
            "成交额,回款,回款金额,回款额,收入,营收,金额,合同金额,合同额"
        ),
        en=_words(
            "result,results,sales,sales amount,closed won,bookings,booked,revenue,amount,achieved,actual,won amount,"
            "deal value,contract value,collections,cash received"
        ),
        parts=_words("业绩,销售额,成交额,签约额,回款,金额,sales,bookings,revenue,amount,results"),
        never=_words(
            "目标,占比,比例,率,排名,日期,时间,编号,成本,提成,奖金,类型,状态,次数,数量,名称,单号,%,target,quota,goal,"
            "share,growth,rate,rank,date,cost,commission,bonus,type,status,count,percent,id,name"
        ),
    ),
    "passed": _Headings(
        zh=_words(
            "通过日期,通过时间,通过考核日期,考核通过日期,考核通过,结业日期,通关日期,通关,出师日期,认证日期,基础流程通过日期"
        ),
        en=_words(
            "passed,date passed,pass date,passed on,exit test passed,test passed,certified,certification date,"
            "graduated,graduation date,ramped"
        ),
        parts=_words("通过,结业,通关,出师,passed,certified,graduated"),
        never=_words("率,是否,结果,分数,次数,rate,score,result,count"),
    ),
    "alert": _Headings(
        zh=_words("预警日期,预警时间,预警,首次预警,首次预警日期,告警日期,风险预警日期,流失预警日期,提醒日期"),
        en=_words("alert date,alert,alerted,first alert,warning date,warned,warned on,risk flagged,flagged,flag date"),
        parts=_words("预警,告警,alert,warning,flagged"),
        never=_words("天数,等级,级别,类型,原因,次数,days,level,type,reason,count"),
    ),
    "churned": _Headings(
        zh=_words("流失日期,流失时间,流失,流失日,终止日期,停用日期,解约日期,不续约日期,退订日期,合同终止日期"),
        en=_words(
            "churn date,churned,churned on,churn,cancelled,canceled,cancellation date,lost,lost date,end of contract,"
            "termination date"
        ),
        parts=_words("流失,解约,退订,终止,churn,cancel,cancelled,termination"),
        never=_words("预警,原因,风险,概率,天数,金额,率,reason,risk,probability,days,amount,rate,alert,warning"),
    ),
    "quarter": _Headings(
        zh=_words("季度,自检季度,所属季度,期间"),
        en=_words("quarter,period,fiscal quarter"),
        parts=(),
        never=(),
    ),
    "stage": _Headings(zh=_words("阶段,所处阶段"), en=_words("stage"), parts=(), never=()),
    "reliance": _Headings(
        zh=_words("依赖少数人,业绩依赖少数人,依赖少数人?"),
        en=_words("hang on few,results hang on a few,hangs on few?"),
        parts=(),
        never=(),
    ),
    "onboarding": _Headings(
        zh=_words("新人按时上手,新人按时掌握流程,新人上手快?"),
        en=_words("learn in time,newcomers learn in time,newcomers quick?"),
        parts=(),
        never=(),
    ),
    "warning": _Headings(
        zh=_words("流失有预警,流失提前预警,流失有预警?"),
        en=_words("churn foreseen,churn is foreseen,churn foreseen?"),
        parts=(),
        never=(),
    ),
    "top_share": _Headings(
        zh=_words("头部占比,头部占业绩"), en=_words("top share,share of the top"), parts=(), never=()
    ),
    "passed_share": _Headings(zh=_words("按时通过率"), en=_words("passed in time"), parts=(), never=()),
    "warned_share": _Headings(
        zh=_words("事先预警率,流失前已预警"), en=_words("warned before,warned before churn"), parts=(), never=()
    ),
    "median_days": _Headings(
        zh=_words("提前天数,预警提前天数"), en=_words("days ahead,days of warning"), parts=(), never=()
    ),
    "attainment": _Headings(
        zh=_words(
            "业绩达成率,达成率,目标达成率,完成率,业绩完成率,目标完成率,销售达成率,指标完成率,达成%,業績達成率,達成率"
        ),
        en=_words(
            "attainment,quota attainment,attainment rate,target attainment,achievement,% of target,% to target,"
            "% of quota,percent of target,percent of quota,quota achievement,% attainment,attainment %"
        ),
        parts=_words("达成率,完成率,attainment,achievement"),
        never=_words("排名,rank,上年,去年,同比,prior,previous,last"),
    ),
    "actual": _Headings(
        zh=_words(
            "实际,实际业绩,实际完成,实际销售额,完成业绩,完成额,完成金额,实绩,实际值,业绩,销售额,业绩金额,达成金额,实际金额,"
            "实际回款,實際,實績"
        ),
        en=_words(
            "actual,actuals,actual sales,actual revenue,achieved,closed,closed won,result,sales,bookings,revenue"
        ),
        parts=_words("实际,实绩,完成额,actual,achieved"),
        never=_words("率,%,目标,排名,rate,target,quota,rank,percent"),
    ),
    "target": _Headings(
        zh=_words(
            "目标,业绩目标,销售目标,目标额,目标金额,任务,任务额,指标,目标值,业绩指标,销售任务,配额,目標,業績目標"
        ),
        en=_words("target,quota,sales target,goal,sales quota,target amount,sales goal,plan"),
        parts=_words("目标,任务额,指标,target,quota,goal"),
        never=_words("率,%,达成,完成,实际,rate,attainment,achieved,actual,percent"),
    ),
    "output": _Headings(
        zh=_words(
            "方法论输出,方法论输出得分,方法论得分,方法论输出评分,方法论输出分,输出得分,输出评分,输出分,方法得分,方法评分,"
            "方法输出,方法论输出量,输出量"
        ),
        en=_words(
            "output score,methodology output,methodology score,output,method score,method output,"
            "contribution score,playbook score"
        ),
        parts=_words("输出得分,输出评分,方法论得分,output score,methodology"),
        never=_words("件,条,篇,数量,次数,质量,count,number,quality,pieces"),
    ),
    "output_count": _Headings(
        zh=_words("方法论输出数量,输出数量,方法数量,输出条数,方法论条数,方法条数,沉淀条数,输出篇数,输出件数,贡献数量"),
        en=_words("output count,methods,method count,contributions,number of methods,pieces,outputs"),
        parts=_words("输出数量,方法数量,条数,篇数,output count"),
        never=_words("质量,得分,评分,quality,score"),
    ),
    "quality": _Headings(
        zh=_words("质量权重,质量系数,输出质量,质量,质量评分,质量得分,方法质量"),
        en=_words("quality weight,quality,quality factor,quality rating,output quality,weight"),
        parts=_words("质量,quality"),
        never=_words("数量,count"),
    ),
    "start": _Headings(
        zh=_words("入职日期,入职时间,入职日,到岗日期,到岗时间,上岗日期,上岗时间,加入日期,开始日期,入職日期"),
        en=_words("start date,hire date,date hired,joining date,join date,date joined,joined,hired,started,start"),
        parts=_words("入职,到岗,上岗,hire date,start date,join"),
        never=_words("离职,结束,转正,end,left,leave"),
    ),
    "service_months": _Headings(
        zh=_words("司龄(月),在岗月数,司龄月数,司龄,工龄,在职月数,入职月数,工龄(月),任职月数,月数"),
        en=_words(
            "months of service,service months,tenure,tenure months,months in role,months in service,"
            "months employed,months,tenure (months)"
        ),
        parts=_words("月数,司龄,months of service,tenure"),
        never=_words("年,日期,year,years,date"),
    ),
    "manager": _Headings(
        zh=_words(
            "主管,直属主管,直属上级,上级,经理,直接上级,直线经理,部门经理,负责人,团队长,主管姓名,汇报对象,领导,組長,组长,主管領導"
        ),
        en=_words("manager,line manager,reports to,supervisor,team lead,team leader,lead,leader,sales manager,boss"),
        parts=_words("主管,上级,经理,manager,supervisor"),
        never=_words("达成,目标,数,电话,邮箱,attainment,target,count,phone,email,id"),
    ),
    "team": _Headings(
        zh=_words("团队,小组,组别,部门,所属团队,销售团队,事业部,战队,所属部门,团队名称,組別,部門,團隊"),
        en=_words("team,group,department,sales team,division,squad,unit,business unit"),
        parts=_words("团队,部门,小组,team,department"),
        never=_words("主管,经理,负责人,人数,目标,lead,leader,manager,size,target,count"),
    ),
    "moved_from": _Headings(
        zh=_words("原来在,原格,调整前,原位置,从"),
        en=_words("moved from,from,before"),
        parts=(),
        never=(),
    ),
    "moved_to": _Headings(
        zh=_words("改到,新格,调整后,调整到,新位置,到"),
        en=_words("moved to,to,after"),
        parts=(),
        never=(),
    ),
    "decided_by": _Headings(
        zh=_words("决定人,谁决定,校准人,复核人"),
        en=_words("decided by,decider,reviewer"),
        parts=(),
        never=(),
    ),
    "why": _Headings(
        zh=_words("理由,为什么,原因,依据"),
        en=_words("why,reason,because,grounds"),
        parts=(),
        never=(),
    ),
    "decided_on": _Headings(
        zh=_words("决定日期,校准日期,复核日期"),
        en=_words("decided on,decision date,date"),
        parts=(),
        never=(),
    ),
    "weight": _Headings(
        zh=_words("权重,系数,目标系数,目标权重,配额系数,分配系数,承担系数,權重,係數"),
        en=_words("weight,quota weight,factor,quota factor,coefficient,fte,share"),
        parts=_words("权重,系数,weight"),
        never=_words("质量,quality"),
    ),
    "month": _Headings(
        zh=_words("月份,月,月度,期间"),
        en=_words("month,period"),
        parts=(),
        never=(),
    ),
    "number": _Headings(
        zh=_words("锁定为,锁定数,锁定,目标,目标数,指标,金额,数额"),
        en=_words("held at,hold at,held,hold,target,quota,amount,number"),
        parts=_words("锁定,held"),
        never=(),
    ),
    "days": _Headings(
        zh=_words("工作日,工作日数,工作天数,天数,出勤天数"),
        en=_words("working days,days,workdays,business days"),
        parts=_words("工作日,天数,working days"),
        never=(),
    ),
    "away_from": _Headings(
        zh=_words("开始,开始日期,请假开始,缺勤开始,从,起,自"),
        en=_words("from,away from,start,start date,first day,first day away"),
        parts=_words("开始,first day"),
        never=(),
    ),
    "away_to": _Headings(
        zh=_words("结束,结束日期,请假结束,缺勤结束,到,止,至"),
        en=_words("to,away to,until,end,end date,last day,last day away"),
        parts=_words("结束,last day"),
        never=(),
    ),
}
"""The one list of headings by which declared columns are recognised."""


_CURRENCY_HEADINGS = frozenset(
    _words("币种,币别,货币,货币类型,币种名称,结算币种,合同币种,幣別,幣種,currency,currency code,ccy,currencyisocode")
)


def _folded(heading: str) -> str:
    """A heading for comparison: half width, lower case, single spaces between words, no marks."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.translate(HALF_WIDTH)).lower()
    return re.sub(r"[\s_*:#.'\"/\\-]+", " ", text).strip()


def _without_brackets(folded: str) -> str:
    return re.sub(r"[(\[【<].*?[)\]】>]", " ", folded).strip()


def _contains(folded: str, part: str) -> bool:
    if not part.isascii() or part == "%":
        return part in folded.replace(" ", "")
    return part in folded and re.search(rf"(?<![a-z]){re.escape(part)}(?![a-z])", folded) is not None


def rank(heading: str, name: str) -> int | None:
    """How well a heading fits a declared column, best lowest: the place of a known heading in the list,
    _LOOSE where it only contains a known word, None where it does not fit.

    >>> rank("客户名称（必填）", "customer"), rank("本年收入(万元)", "revenue"), rank("客户经理", "customer")
    (0, 1000, None)
    """
    known = KNOWN_HEADINGS.get(name)
    forms = _forms(heading)
    if not forms:
        return None
    places = _PLACES.get(name) or {_folded(name): 0}
    for form in forms:
        if form in places:
            return places[form]
    folded = _folded(heading)
    if known is None or any(_contains(folded, word) for word in known.never):
        return None
    return _LOOSE if any(_contains(folded, part) for part in known.parts) else None


def _forms(heading: str) -> tuple[str, ...]:
    """The forms in which a heading may be known: whole, and without what is in brackets; none of one too long."""
    folded = _folded(heading)
    if not folded or len(folded) > _LONGEST_HEADING:
        return ()
    forms = (folded, _without_brackets(folded))
    return tuple(form if form.isascii() else form.replace(" ", "") for form in forms)


# Looked up in, since this is asked of every cell near the top of a file, for dozens of declared columns.
_PLACES: Final = {
    name: {heading: place for place, heading in reversed(list(enumerate(known.zh + known.en)))}
    for name, known in KNOWN_HEADINGS.items()
}
_ALL_KNOWN: Final = frozenset(heading for places in _PLACES.values() for heading in places)


def headings_known(heading: str) -> bool:
    """Whether this is exactly a heading of some declared column."""
    return any(form in _ALL_KNOWN for form in _forms(heading))


def match(headers: Sequence[str], columns: Sequence[Column], currency: str) -> dict[str, list[int]]:
    """For each declared column the indexes of the headers that fit it, best first.

    No index is the first choice of two columns; those with an exact heading choose first.
    Of exact headings of money the first in the file is best, one in another currency the last.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for column in columns:
        places[column.name] = []
        for index, header in enumerate(headers):
            place = rank(header, column.name)
            if place is None:
                continue
            if column.kind == "money":
                place = _LOOSE * (place >= _LOOSE) + (_LOOSE // 2 if foreign(header, currency) else 0)
            places[column.name].append((place, index))
        places[column.name].sort()
    fitting = {name: [index for _, index in found] for name, found in places.items()}
    taken: dict[int, str] = {}
    for name in sorted(places, key=lambda name: not places[name] or places[name][0][0] >= _LOOSE):
        choice = next((index for index in fitting[name] if index not in taken), None)
        if choice is not None:
            taken[choice] = name
    return {name: [index for index in indexes if taken.get(index, name) == name] for name, indexes in fitting.items()}


def foreign(heading: str, currency: str) -> str | None:
    """The code of another currency than the company's, where a heading names one and no other."""
    try:
        written, named = heading.translate(HALF_WIDTH), parse_heading(heading).currency
    except NotAnAmount:
        return None
    if named is None or any(sign in written and is_currency(sign, currency) for sign in "¥$"):
        return None
    return named if named != currency else None


def currency_column(headers: Sequence[str], taken: Collection[int]) -> int | None:
    """The index of the column that names each row's currency, if there is one."""
    for index, header in enumerate(headers):
        if index not in taken and _without_brackets(_folded(header)) in _CURRENCY_HEADINGS:
            return index
    return None


def find_header(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> int | None:
    """The index of the header row; None where the first row is data already.

    It is the first row with a heading for every required column, else the one with most, else the
    first that has two texts and no amount. In a row that has amounts only exact headings count: a customer may be
    called ``客户之声科技``.
    """
    required = {column.name for column in columns if column.required}
    most, found = 0, None
    first: int | None = None  # the first row that is more than a title
    first_is_data = False
    for index, row in enumerate(itertools.islice(rows, HEADER_WITHIN)):
        cells = [cell for cell in map(str.strip, row[: 4 * HEADER_WITHIN]) if cell]
        has_amounts = any(is_amount(cell) for cell in cells)
        worst = _LOOSE - 1 if has_amounts else _LOOSE
        fits: dict[str, set[str]] = {}
        for cell in cells:
            for column in columns:
                place = rank(cell, column.name)
                if place is not None and place <= worst:
                    fits.setdefault(column.name, set()).add(cell)
        fitting = min(len(fits), len(set().union(*fits.values())))
        if required <= fits.keys() and fitting >= len(required):
            return index
        if fitting > most and len(cells) > 1:
            most, found = fitting, index
        if first is None and len(cells) > 1:
            first, first_is_data = index, has_amounts
    if found is not None:
        return found
    if first is None:
        return next((index for index, row in enumerate(rows) if any(map(str.strip, row))), None)
    return None if first_is_data else first


def _ranks(cells: Collection[str], name: str) -> list[int]:
    return [place for cell in cells if (place := rank(cell, name)) is not None]


def fit(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> tuple[int, int]:
    """How well the best header among the first rows fits: required columns that it has by an exact heading, since a
    sentence about a table holds its words too, and columns that it has in any way.

    >>> columns = (Column("customer", "text"), Column("revenue", "money"), Column("owner", "text", required=False))
    >>> fit([["客户", "一行一家，写明收入和负责人"], ["客户", "收入"]], columns)
    (2, 2)
    """
    best = (0, 0)
    for row in itertools.islice(rows, HEADER_WITHIN):
        cells = {cell.strip() for cell in row[: 4 * HEADER_WITHIN]} - {""}
        places = [(column, min(found)) for column in columns if (found := _ranks(cells, column.name))]
        if len(places) <= len(cells):
            best = max(best, (sum(column.required and place < _LOOSE for column, place in places), len(places)))
    return best


def guess(rows: Sequence[Sequence[str]], width: int, columns: Sequence[Column]) -> dict[str, list[int]]:
    """Columns of a table without a header: texts, dates and figures, each kind in its order from the left.

    Optional columns are left for the reader to choose. Figures stand to the right of the first text; the
    last one declared may be any that is left.
    """
    filled = [[row[index].strip() for row in rows if index < len(row) and row[index].strip()] for index in range(width)]
    dated = [bool(cells) and 2 * sum(parse_date(cell) is not None for cell in cells) > len(cells) for cells in filled]
    numeric = [bool(cells) and 2 * sum(map(is_amount, cells)) > len(cells) for cells in filled]
    dates = [index for index in range(width) if dated[index]]
    texts = [index for index in range(width) if filled[index] and not numeric[index] and not dated[index]]
    numbers = [index for index in range(width) if numeric[index] and not dated[index]]
    if not texts and len(numbers) > 1:
        texts = [numbers.pop(0)]
    figures = [index for index in numbers if texts and index > texts[0]] or numbers
    left = {"text": texts, "date": dates, "number": figures}
    guessed: dict[str, list[int]] = {}
    required = [column for column in columns if column.required]
    for place, column in enumerate(required):
        kind = "text" if column.kind == "choice" else column.kind if column.kind in left else "number"
        is_last = all(other.kind in ("text", "date") for other in required[place + 1 :])
        guessed[column.name] = left[kind] if kind == "number" and is_last else left[kind][:1]
        left[kind] = left[kind][1:]
    return guessed
