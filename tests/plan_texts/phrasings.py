"""Sentences as plans of many provinces word them, with the deadlines that they name.

A deadline is one line: `kind boundary recurrence day/month year`, then what else it has: `shift=1` years, `months=3,6`,
`at=16:00`, `opens=25/7`, `before=7 ngày trao thưởng` or `after=10w …` (w: working days), `who=…`. A sentence without a
line names none.
"""

WITH_DEADLINES: tuple[tuple[str, str], ...] = (
    (
        "Báo cáo 6 tháng gửi về Phòng Văn hóa - Xã hội trước ngày 10/6 hằng năm.",
        "REPORT EXCLUSIVE YEARLY 10/6 -",
    ),
    (
        "Các đơn vị nộp báo cáo tổng kết năm 2026 chậm nhất ngày 05 tháng 12 năm 2026.",
        "REPORT INCLUSIVE ONCE 5/12 2026 who=Các đơn vị",
    ),
    (
        "Hồ sơ đề nghị khen thưởng gửi về Sở Nội vụ chậm nhất là ngày 15/3 năm sau.",
        "DOSSIER INCLUSIVE YEARLY 15/3 - shift=1",
    ),
    (
        "Đăng ký thi đua năm 2026 gửi về UBND xã (qua Phòng Văn hóa - Xã hội) trước ngày 28/02/2026.",
        "PLEDGE EXCLUSIVE ONCE 28/2 2026",
    ),
    (
        "Thời hạn nộp hồ sơ: đến hết ngày 30/11/2026.",
        "DOSSIER INCLUSIVE ONCE 30/11 2026",
    ),
    (
        "Khối trường học gửi báo cáo trước ngày 15/6, các phường trước ngày 15/11 hằng năm.",
        "REPORT EXCLUSIVE YEARLY 15/6 - who=Khối trường học\nREPORT EXCLUSIVE YEARLY 15/11 - who=các phường",
    ),
    (
        "Hồ sơ gửi trước ngày trao thưởng ít nhất 07 ngày.",
        "DOSSIER INCLUSIVE EVENT - - before=7 ngày trao thưởng",
    ),
    (
        "Phòng Nội vụ thẩm định hồ sơ trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.",
        "TASK INCLUSIVE EVENT - - after=10w ngày nhận đủ hồ sơ hợp lệ who=Phòng Nội vụ",
    ),
    (
        "Các cụm, khối thi đua báo cáo kết quả về Hội đồng trước 16 giờ 00 ngày 20/12/2026.",
        "REPORT EXCLUSIVE ONCE 20/12 2026 at=16:00",
    ),
    (
        "Các xã, phường gửi báo cáo tháng trước ngày 20 hằng tháng.",
        "REPORT EXCLUSIVE MONTHLY 20/- - who=Các xã, phường",
    ),
    (
        "Báo cáo quý gửi trước ngày 15 của tháng cuối quý.",
        "REPORT EXCLUSIVE QUARTERLY 15/3 -",
    ),
    (
        "Định kỳ hằng quý, các đơn vị báo cáo kết quả trước ngày 05 tháng đầu quý sau về Sở Nội vụ.",
        "REPORT EXCLUSIVE QUARTERLY 5/4 -",
    ),
    (
        "Các đơn vị gửi báo cáo vào ngày 20 các tháng 3, 6, 9 và 12 hằng năm.",
        "REPORT INCLUSIVE MONTHLY 20/3 - months=3,6,9,12",
    ),
    (
        "Tổ chức ký kết giao ước thi đua trong tháng 02 năm 2026.",
        "PLEDGE WINDOW ONCE 28/2 2026 opens=1/2",
    ),
    (
        "Các cụm thi đua tổ chức hội nghị sơ kết trong tuần đầu tháng 7/2026.",
        "TASK WINDOW ONCE 7/7 2026 opens=1/7",
    ),
    (
        "Hồ sơ đề nghị tặng Cờ thi đua nộp từ ngày 25/7 đến ngày 31/7/2026.",
        "DOSSIER WINDOW ONCE 31/7 2026 opens=25/7",
    ),
    (
        "Các cơ quan, đơn vị gửi bản đăng ký giao ước thi đua về Ban Thi đua - Khen thưởng không quá ngày 31/3.",
        "PLEDGE INCLUSIVE YEARLY 31/3 - who=Các cơ quan, đơn vị",
    ),
    (
        "Báo cáo năm: trước ngày 15 - 11.",
        "REPORT EXCLUSIVE YEARLY 15/11 -",
    ),
    (
        "Báo cáo sơ kết 6 tháng (trước ngày l5/6) và báo cáo tổng kết năm (trước ngày 1O/12).",
        "REPORT EXCLUSIVE YEARLY 15/6 -\nREPORT EXCLUSIVE YEARLY 10/12 -",
    ),
    (
        "Bao cao tong ket gui ve Phong Noi vu truoc ngay 15 thang 11.",
        "REPORT EXCLUSIVE YEARLY 15/11 -",
    ),
    (
        "Các trường học gửi hồ sơ tr ước ng ày 30/5/2026 về Phòng Văn hóa - Xã hội.",
        "DOSSIER EXCLUSIVE ONCE 30/5 2026 who=Các trường học",
    ),
    (
        "Hồ sơ khen thưởng đột xuất trình chậm nhất 05 ngày làm việc sau khi lập thành tích.",
        "DOSSIER INCLUSIVE EVENT - - after=5w khi lập thành tích",
    ),
    (
        "Cụm trưởng gửi báo cáo tổng kết của Cụm chậm nhất 15 ngày sau khi kết thúc hội nghị tổng kết.",
        "REPORT INCLUSIVE EVENT - - after=15 khi kết thúc hội nghị tổng kết",
    ),
    (
        "Các đơn vị hoàn thành việc bình xét trước ngày 30 tháng 11 hàng năm.",
        "TASK EXCLUSIVE YEARLY 30/11 -",
    ),
    (
        "Báo cáo năm gửi trước ngày 15/01 năm liền kề.",
        "REPORT EXCLUSIVE YEARLY 15/1 - shift=1",
    ),
    (
        "Các phòng, ban gửi số liệu 9 tháng trước 10/9/2026 và số liệu năm trước 10/12/2026 về Văn phòng HĐND và UBND.",
        "REPORT EXCLUSIVE ONCE 10/9 2026\nREPORT EXCLUSIVE ONCE 10/12 2026",
    ),
    (
        "Trước ngày 25/12 hằng năm, các thôn, tổ dân phố gửi kết quả bình xét về UBND xã.",
        "REPORT EXCLUSIVE YEARLY 25/12 - who=các thôn, tổ dân phố",
    ),
    (
        "Hạn cuối gửi hồ sơ là 17h00 ngày 10/11/2026.",
        "DOSSIER INCLUSIVE ONCE 10/11 2026 at=17:00",
    ),
    (
        "Các đơn vị xây dựng kế hoạch và gửi về Sở Nội vụ xong trước ngày 15 tháng 02 năm 2026.",
        "PLAN EXCLUSIVE ONCE 15/2 2026",
    ),
    (
        "Ngành giáo dục và đào tạo gửi hồ sơ đề nghị khen thưởng năm học 2025 - 2026 trước ngày 15 tháng 7.",
        "DOSSIER EXCLUSIVE ONCE 15/7 2026 who=Ngành giáo dục và đào tạo",
    ),
    (
        "Đối với hồ sơ cấp Nhà nước: trước ngày 28/02 hằng năm; đối với hồ sơ cấp tỉnh: trước ngày 31/3 hằng năm.",
        "DOSSIER EXCLUSIVE YEARLY 28/2 -\nDOSSIER EXCLUSIVE YEARLY 31/3 -",
    ),
    (
        "Chấm điểm thi đua hoàn thành trong Quý IV/2026.",
        "TASK WINDOW ONCE 31/12 2026 opens=1/10",
    ),
    (
        "Tổ chức kiểm tra công tác thi đua, khen thưởng tại các đơn vị (trong Quý II và Quý III).",
        "TASK WINDOW YEARLY 30/9 - opens=1/4",
    ),
    (
        "Hội đồng Sáng kiến họp xét công nhận trước tháng 11 hằng năm.",
        "TASK EXCLUSIVE YEARLY 1/11 -",
    ),
    (
        "Các doanh nghiệp nộp báo cáo thành tích chậm nhất trong tháng 6/2026.",
        "REPORT INCLUSIVE ONCE 30/6 2026 who=Các doanh nghiệp",
    ),
    (
        "Thời gian hoàn thành: trước 30/9/2026. Các đơn vị gửi danh sách đề nghị biểu dương.",
        "TASK EXCLUSIVE ONCE 30/9 2026",
    ),
    (
        "Đơn vị nộp trước ngày 15/5 và 15/11 hằng năm các báo cáo sơ kết, tổng kết.",
        "REPORT EXCLUSIVE YEARLY 15/5 -\nREPORT EXCLUSIVE YEARLY 15/11 -",
    ),
    (
        "Hằng tháng, cơ quan thường trực cụm báo cáo tình hình về Sở Nội vụ trước ngày 25.",
        "REPORT EXCLUSIVE MONTHLY 25/- -",
    ),
    (
        "Gửi báo cáo tháng trước ngày 03 tháng sau.",
        "REPORT EXCLUSIVE MONTHLY 3/- -",
    ),
    (
        "Các đơn vị báo cáo chậm nhất vào ngày cuối cùng của tháng.",
        "REPORT INCLUSIVE MONTHLY 31/- -",
    ),
    (
        "Tờ trình đề nghị xét tặng danh hiệu gửi trước 30 ngày so với ngày tổ chức lễ kỷ niệm.",
        "DOSSIER INCLUSIVE EVENT - - before=30 ngày tổ chức lễ kỷ niệm",
    ),
    (
        "Trong vòng 03 (ba) ngày làm việc, kể từ ngày ký quyết định, Văn phòng công bố kết quả khen thưởng.",
        "TASK INCLUSIVE EVENT - - after=3w ngày ký quyết định",
    ),
    (
        "Sau khi kết thúc đợt thi đua không quá 10 ngày, các đơn vị gửi báo cáo tổng kết.",
        "REPORT INCLUSIVE EVENT - - after=10 khi kết thúc đợt thi đua",
    ),
    (
        "Các xã gửi danh sách đề nghị khen thưởng tối thiểu 2 tuần trước ngày tổ chức hội nghị tổng kết.",
        "DOSSIER INCLUSIVE EVENT - - before=14 ngày tổ chức hội nghị tổng kết",
    ),
    (
        "Ban Chỉ đạo tổng hợp, báo cáo UBND tỉnh kết quả thực hiện trước ngày 20/12/2026.",
        "REPORT EXCLUSIVE ONCE 20/12 2026 who=Ban Chỉ đạo",
    ),
    (
        "- Đợt 1: nhận hồ sơ đến ngày 30/4/2026; - Đợt 2: nhận hồ sơ đến ngày 31/10/2026.",
        "DOSSIER INCLUSIVE ONCE 30/4 2026\nDOSSIER INCLUSIVE ONCE 31/10 2026",
    ),
    (
        "Giao Văn phòng HĐND và UBND xã tham mưu ban hành Kế hoạch phát động thi đua năm 2027 trước ngày 31/12/2026.",
        "PLAN EXCLUSIVE ONCE 31/12 2026 who=Văn phòng HĐND và UBND xã",
    ),
    (
        "Các tập thể, cá nhân gửi bài dự thi về Ban Tổ chức từ ngày 01/3/2026 đến hết ngày 31/5/2026.",
        "TASK INCLUSIVE ONCE 31/5 2026 opens=1/3",
    ),
    (
        "Lưu ý: Hồ sơ gửi về sau ngày 15/12/2026 sẽ không được xem xét.",
        "",
    ),
    (
        "Báo cáo kết quả bình xét (số liệu tính đến hết ngày 31/10) gửi về Phòng Nội vụ trước ngày 10/11.",
        "REPORT EXCLUSIVE YEARLY 10/11 -",
    ),
    (
        "Riêng các cơ quan Đảng, đoàn thể gửi báo cáo năm trước ngày 05/12.",
        "REPORT EXCLUSIVE YEARLY 5/12 - who=các cơ quan Đảng, đoàn thể",
    ),
    (
        "Các đơn vị đăng ký chỉ tiêu thi đua với Cụm trưởng chậm nhất ngày 10 tháng 3 hằng năm.",
        "PLEDGE INCLUSIVE YEARLY 10/3 -",
    ),
    (
        "Báo cáo định kỳ 6 tháng đầu năm: gửi chậm nhất ngày 18 tháng 6; báo cáo năm: gửi chậm nhất ngày 18 tháng 12.",
        "REPORT INCLUSIVE YEARLY 18/6 -\nREPORT INCLUSIVE YEARLY 18/12 -",
    ),
    (
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh gửi văn bản góp ý về Sở Nội vụ trước 17 giờ ngày 05/11/2026.",
        "TASK EXCLUSIVE ONCE 5/11 2026 at=17:00",
    ),
    (
        "Quyết định khen thưởng được niêm yết công khai chậm nhất 15 ngày kể từ ngày ký.",
        "TASK INCLUSIVE EVENT - - after=15 ngày ký",
    ),
    (
        "Cụm phó nộp dự thảo quy chế cho Cụm trưởng vào giữa tháng 4/2026.",
        "TASK WINDOW ONCE 15/4 2026",
    ),
    (
        "Việc tổng kết phong trào thi đua hoàn thành trước cuối năm 2026.",
        "",
    ),
    (
        "Chậm nhất đến ngày 20 tháng 11 hằng năm, Hội đồng thi đua cơ sở phải họp xét và gửi biên bản về Phòng Nội vụ.",
        "TASK INCLUSIVE YEARLY 20/11 -",
    ),
    (
        "Các đơn vị gửi kế hoạch về UBND phường trước ngày 31 tháng 01 và báo cáo kết quả trước ngày 30 tháng 11 năm "
        "2026.",
        "PLAN EXCLUSIVE ONCE 31/1 2026\nREPORT EXCLUSIVE ONCE 30/11 2026",
    ),
    (
        "Hoàn thành phát động phong trào thi đua trong quý I năm 2026.",
        "TASK WINDOW ONCE 31/3 2026",
    ),
    (
        "Từ ngày 15/11 đến 30/11 hằng năm, các khối thi đua tổ chức chấm điểm, xếp hạng.",
        "TASK WINDOW YEARLY 30/11 - opens=15/11 who=các khối thi đua",
    ),
    (
        "Hồ sơ trình Chủ tịch nước, Thủ tướng Chính phủ khen thưởng hằng năm gởi về UBND tỉnh chậm nhất ngày 30/01 năm "
        "sau.",
        "DOSSIER INCLUSIVE YEARLY 30/1 - shift=1",
    ),
    (
        "Khen thưởng công tác đền ơn đáp nghĩa: hồ sơ gửi trước ngày 15/6 hằng năm.",
        "DOSSIER EXCLUSIVE YEARLY 15/6 -",
    ),
    (
        "Trường hợp khen thưởng theo chuyên đề, gửi hồ sơ trước khi tổ chức hội nghị tổng kết 20 ngày.",
        "DOSSIER INCLUSIVE EVENT - - before=20 khi tổ chức hội nghị tổng kết",
    ),
    (
        "Các địa phương rà soát, báo cáo trước ngày 01 tháng 4 năm 2026 để tổng hợp.",
        "REPORT EXCLUSIVE ONCE 1/4 2026 who=Các địa phương",
    ),
    (
        "Báo cáo sơ kết thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 gửi về Thường trực Đảng ủy trước ngày 10/10/2026.",
        "REPORT EXCLUSIVE ONCE 10/10 2026",
    ),
)

WITHOUT_DEADLINES: tuple[tuple[str, str], ...] = (
    ("Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;", "DOCUMENT_DATE"),
    ("Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ;", "DOCUMENT_DATE"),
    ("Bình Tân, ngày 05 tháng 01 năm 2026", "ISSUE_DATE"),
    ("Tổ chức các hoạt động chào mừng kỷ niệm 30/4, 01/5 và 19/5.", "ANNIVERSARY"),
    ("Thi đua lập thành tích chào mừng 80 năm Ngày Quốc khánh (02/9/1945 - 02/9/2025).", "ANNIVERSARY"),
    ("Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ 2025 - 2030.", ""),
    ("Quy chế này có hiệu lực từ ngày 01/01/2026.", "VALIDITY"),
    ("Quyết định này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.", "VALIDITY"),
    ("Các hồ sơ đã nộp trước ngày 01/7/2025 được giải quyết theo quy định cũ.", "PAST"),
    ("Hội nghị tổng kết đã được tổ chức vào ngày 20/01/2026.", "PAST"),
    ("Số liệu báo cáo tính đến ngày 31/10/2026.", "FIGURES_AS_OF"),
    ("Kế hoạch được áp dụng đến hết ngày 31/12/2030.", "VALIDITY"),
    ("Phấn đấu đến năm 2030 có 100% xã đạt chuẩn nông thôn mới.", ""),
    ("Tỷ lệ giải ngân đạt 95% trở lên trong năm 2026.", ""),
    ("Có ít nhất 2/3 số thành viên Hội đồng dự họp.", ""),
    ("Đăng ký tăng 15,5% so với năm 2025.", ""),
    ("Kịp thời khen thưởng các tập thể, cá nhân có thành tích đột xuất.", ""),
    ("Mỗi đơn vị được đề nghị không quá 03 tập thể.", ""),
    ("Cá nhân có thời gian công tác từ 05 năm trở lên.", ""),
    ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 417/TTr-SNV ngày 10/8/2026.", "DOCUMENT_DATE"),
    ("Các cá nhân nghỉ hưu từ ngày 01/3/2026 được xét theo quy định riêng.", "PAST"),
    (
        "Thực hiện Công văn số 2717/UBND ngày 26 tháng 7 năm 2025 của UBND tỉnh, các đơn vị tổ chức phát động.",
        "DOCUMENT_DATE",
    ),
)
