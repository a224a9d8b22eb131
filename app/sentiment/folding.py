"""One-to-one character folding: full-width forms, typographic signs, common traditional characters."""

_SIGNS = str.maketrans("’‘ʼ＇“”「」『』。、…—–～·", '\'\'\'\'"""""".,.--~ ')
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}

_TRADITIONAL = (
    "這個們來時會說對過還沒無為學點機電話買賣東貴質問題壞爛騙錢退貨換修補償賠務態度專業員舊裝盒開關屏螢顯聲聽響"
    "電池續氣熱燙煙冒漏傷險藥醫師療產適應過敏廣檢驗單據發票證號碼帳戶盜刷風險終於經常總給讓幫謝歡喜愛滿離譜難過"
    "後悔實際與圖樣見現場處理聯繫繫絡應該當場負責備註寫錯誤複雜簡單麻煩煩氣憤憂慮擔頭腦體驗贊讚優惠劃價格標準確認"
    "誰幾斷線網絡訊號載軟體衛潔淨髒亂臟舒適輕鬆鬆緊寬窄長短細緻緻認真週週邊達運輸遞遲訂約預計劃歲兒媽親戚權維護"
    "舉報訴記錄級別滑順暢卡頓慢樂極絕佳棒嗎麼樣裡裏隻隨蓋鍵盤邊條顏鮮艷艷濃鹹飯館廳餐飲麵麥雞魚蝦蔥蘋葉萬億"
)
_SIMPLIFIED = (
    "这个们来时会说对过还没无为学点机电话买卖东贵质问题坏烂骗钱退货换修补偿赔务态度专业员旧装盒开关屏萤显声听响"
    "电池续气热烫烟冒漏伤险药医师疗产适应过敏广检验单据发票证号码账户盗刷风险终于经常总给让帮谢欢喜爱满离谱难过"
    "后悔实际与图样见现场处理联系系络应该当场负责备注写错误复杂简单麻烦烦气愤忧虑担头脑体验赞赞优惠划价格标准确认"
    "谁几断线网络讯号载软体卫洁净脏乱脏舒适轻松松紧宽窄长短细致致认真周周边达运输递迟订约预计划岁儿妈亲戚权维护"
    "举报诉记录级别滑顺畅卡顿慢乐极绝佳棒吗么样里里只随盖键盘边条颜鲜艳艳浓咸饭馆厅餐饮面麦鸡鱼虾葱苹叶万亿"
)

FOLD: dict[int, int] = _FULL_WIDTH | _SIGNS | str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""The table for `str.translate`: every entry maps one character to one, so that places do not move."""
