"""Say in English the names that the lists give in Chinese only: plain readings, not official translations."""

from __future__ import annotations

COMPOUNDS = {
    "大华颐和华城": "Dahua Yihe Huacheng", "万里一期": "Wanli Phase 1", "中环家园": "Zhonghuan Jiayuan", "大华愉景华庭": "Dahua Yujing Huating",
    "中浩云花园": "Zhonghaoyun Garden", "达安春之声": "Da'an Voices of Spring", "香泉小区": "Xiangquan Estate", "中鹰黑森林": "Zhongying Black Forest",
    "巴黎之春": "Spring in Paris", "中环花苑": "Zhonghuan Huayuan", "万里真金苑": "Wanli Zhenjin Yuan", "中环锦园": "Zhonghuan Jinyuan",
    "万里雅筑": "Wanli Yazhu", "万里名轩": "Wanli Mingxuan", "交暨小区": "Jiaoji Estate", "凯旋华庭": "Kaixuan Huating", "金华苑": "Jinhua Yuan",
    "岚灵小区": "Lanling Estate", "万里欣苑": "Wanli Xinyuan", "中骏天誉": "Zhongjun Tianyu", "鑫都佳园": "Xindu Jiayuan",
    "交通路3193弄": "Lane 3193 Jiaotong Road", "美墅": "Meishu Villas", "万里双子座": "Wanli Gemini", "万里城(一期)": "Wanlicheng Phase 1",
    "万里大楼": "Wanli Building", "万里晶品苑": "Wanli Jingpin Yuan", "万里真欣园": "Wanli Zhenxin Yuan", "东旺雍景苑": "Dongwang Yongjing Yuan",
    "交暨路159弄": "Lane 159 Jiaoji Road", "交暨路65弄小区": "Lane 65 Jiaoji Road", "凯旋花园": "Kaixuan Garden", "快乐家园": "Kuaile Jiayuan",
    "真华欣苑": "Zhenhua Xinyuan", "真华路157弄": "Lane 157 Zhenhua Road", "真华路336弄小区": "Lane 336 Zhenhua Road", "真华路36弄": "Lane 36 Zhenhua Road",
    "真南路205弄": "Lane 205 Zhennan Road", "铂金华府": "Bojin Huafu",
}

PLACES = {
    "万达影城": "Wanda Cinema", "新泉社区卫生服务站": "Xinquan community health station", "万里社区卫生服务站": "Wanli community health station",
    "上海市普陀区万里街道武威东路社区卫生服务站": "Wuwei East Road community health station", "红靓口腔": "Hongliang Dental",
    "普陀区中医医院(万里分部)": "Putuo Hospital of Chinese Medicine, Wanli branch", "屯艮丰中医诊所": "Tungenfeng Chinese medicine clinic",
    "丁晓东口腔诊所": "Ding Xiaodong Dental Clinic", "上海佳敏口腔门诊部": "Jiamin Dental Clinic", "乐宝堡幼儿园(颐正大厦东)": "Lebaobao Kindergarten",
    "万里城实验幼儿园": "Wanlicheng Experimental Kindergarten", "童的梦艺术幼儿园(中浩云分园)": "Tongdemeng Art Kindergarten, Zhonghaoyun branch",
    "童的梦艺术幼儿园(富水路)": "Tongdemeng Art Kindergarten, Fushui Road", "童的梦艺术幼儿园颐和园分园": "Tongdemeng Art Kindergarten, Yiheyuan branch",
    "逸稚苑": "Yizhiyuan Kindergarten", "进华中学": "Jinhua Middle School", "晋元高级中学": "Jinyuan Senior High School",
    "晋元高级中学附属学校": "Jinyuan Affiliated School", "晋元高级中学附属学校(分部)": "Jinyuan Affiliated School, branch",
    "万里城实验学校": "Wanlicheng Experimental School", "万里街道社区长者食堂": "Wanli community canteen for elders",
    "北部片区社区长者食堂": "Northern area community canteen for elders", "银行网点(新村路1559号)": "Bank branch, 1559 Xincun Road",
    "CGV星聚汇影城(上海大华店)": "CGV Cinema, Dahua", "CGV电影院": "CGV Cinema", "大地影院(华润万家大华店)": "Dadi Cinema, Dahua",
    "西站社区卫生服务站": "West Railway Station community health station", "朗朗口腔连锁": "Langlang Dental", "凯明齿科(上海凯明口腔门诊部)": "Kaiming Dental Clinic",
    "上海陈真口腔诊所": "Chen Zhen Dental Clinic", "上海陈国民口腔诊所": "Chen Guomin Dental Clinic", "上海德昌口腔门诊部": "Dechang Dental Clinic",
    "浦华口腔": "Puhua Dental", "上海卓艺口腔门诊部": "Zhuoyi Dental Clinic", "上海浦华口腔门诊部": "Puhua Dental Clinic", "张隆祺口腔诊所": "Zhang Longqi Dental Clinic",
    "甘泉新村幼儿园": "Ganquan Xincun Kindergarten", "恒力锦沧幼儿园": "Hengli Jincang Kindergarten", "积智屋乐高亲子园": "Jizhiwu play centre",
    "金宝贝早教普陀中心": "Gymboree, Putuo centre", "大华第一幼儿园(大华路)": "Dahua First Kindergarten", "上海卓越美式幼儿园": "Zhuoyue Kindergarten",
    "大华第二幼儿园": "Dahua Second Kindergarten", "上海市普陀区明翔实验学校": "Mingxiang Experimental School",
    "万里城实验学校(灵石路校区)": "Wanlicheng Experimental School, Lingshi Road campus", "嘉华小学": "Jiahua Primary School",
    "镇坪路": "Zhenping Road station", "岚皋路": "Langao Road station", "中宁路": "Zhongning Road station", "新村路": "Xincun Road station",
    "真如": "Zhenru station", "梅岭北路": "Meiling North Road station", "铜川路": "Tongchuan Road station", "上海西站": "Shanghai West Railway Station",
    "真光路": "Zhenguang Road station", "李子园": "Liziyuan station", "武威东路": "Wuwei East Road station", "古浪路": "Gulang Road station",
    "大华三路": "Dahua 3rd Road station", "行知路": "Xingzhi Road station",
    "交通路交暨路": "Jiaotong Road at Jiaoji Road", "交通路杨家桥": "Jiaotong Road, Yangjiaqiao", "交通路真华路": "Jiaotong Road at Zhenhua Road",
    "基础公司": "Foundation Company", "富平路水泉路": "Fuping Road at Shuiquan Road", "富平路真华路": "Fuping Road at Zhenhua Road",
    "富平路真金路": "Fuping Road at Zhenjin Road", "富水路万里小区": "Fushui Road, Wanli Estate", "广泉路新村路": "Guangquan Road at Xincun Road",
    "新村路万泉路站": "Xincun Road at Wanquan Road", "新村路新沪路": "Xincun Road at Xinhu Road", "新村路真华路": "Xincun Road at Zhenhua Road",
    "新村路真金路站": "Xincun Road at Zhenjin Road", "新村路香泉路": "Xincun Road at Xiangquan Road", "新泉路交通路": "Xinquan Road at Jiaotong Road",
    "棉花仓库": "Cotton Warehouse", "武威东路真北路": "Wuwei East Road at Zhenbei Road", "水泉路新村路": "Shuiquan Road at Xincun Road",
    "灵石路新村路": "Lingshi Road at Xincun Road", "真北路古浪路": "Zhenbei Road at Gulang Road", "真北路桃浦西路": "Zhenbei Road at Taopu West Road",
    "真华路新村路站": "Zhenhua Road at Xincun Road", "真金路富平路": "Zhenjin Road at Fuping Road",
}
