"""Sentences that were written after the grammar had been tuned, and measured once before they joined the tests.

In the form of `phrasings`.
"""

FIRST_SET: tuple[tuple[str, str], ...] = (
    (
        "Thời gian gửi báo cáo: 6 tháng trước ngày 12/6; năm trước ngày 12/11 hằng năm.",
        "REPORT EXCLUSIVE YEARLY 12/6 -\nREPORT EXCLUSIVE YEARLY 12/11 -",
    ),
    (
        "Đề nghị Thủ trưởng các đơn vị nghiêm túc triển khai, gửi báo cáo bằng văn bản về Phòng Kinh tế trước "
        "ngày 25/6/2026, đồng thời gửi bản điện tử qua hộp thư công vụ.",
        "REPORT EXCLUSIVE ONCE 25/6 2026",
    ),
    (
        "Cụm trưởng chủ trì xây dựng quy chế hoạt động của cụm, hoàn thành không muộn hơn ngày 31 tháng 3 năm 2026.",
        "TASK INCLUSIVE ONCE 31/3 2026 who=Cụm trưởng",
    ),
    (
        "Bản giao ước thi đua đã ký gửi về Hội đồng Thi đua - Khen thưởng tỉnh trước ngày 15/3/2026.",
        "PLEDGE EXCLUSIVE ONCE 15/3 2026",
    ),
    (
        "Việc đăng ký danh hiệu thi đua thực hiện xong trước ngày 28 tháng 02 hằng năm.",
        "PLEDGE EXCLUSIVE YEARLY 28/2 -",
    ),
    (
        "UBND các xã, phường, đặc khu tổng hợp và gửi hồ sơ chậm nhất 10 giờ 30 phút ngày 18/8/2026.",
        "DOSSIER INCLUSIVE ONCE 18/8 2026 at=10:30",
    ),
    (
        "Hồ sơ đề nghị tặng Huân chương gửi về Ban Thi đua - Khen thưởng Trung ương đến hết tháng 6 hằng năm.",
        "DOSSIER INCLUSIVE YEARLY 30/6 -",
    ),
    (
        "Tổ chức hội nghị tổng kết cụm thi đua trong nửa đầu tháng 12/2026.",
        "TASK WINDOW ONCE 15/12 2026 opens=1/12",
    ),
    (
        "Các khối thi đua hoàn thành chấm điểm vào cuối tháng 11 hằng năm.",
        "TASK WINDOW YEARLY 30/11 -",
    ),
    (
        "Tài liệu gửi các thành viên Hội đồng ít nhất 05 ngày làm việc trước ngày họp.",
        "TASK INCLUSIVE EVENT - - before=5w ngày họp",
    ),
    (
        "Các đơn vị gửi hồ sơ 20 ngày trước khi diễn ra Đại hội Thi đua yêu nước.",
        "DOSSIER INCLUSIVE EVENT - - before=20 khi diễn ra Đại hội Thi đua yêu nước",
    ),
    (
        "Các phòng ban chuyên môn xây dựng kế hoạch trong vòng 15 ngày kể từ ngày Kế hoạch này được ban hành.",
        "PLAN INCLUSIVE EVENT - - after=15 ngày Kế hoạch này được ban hành",
    ),
    (
        "Báo cáo kết quả năm gửi trước ngày 10 tháng 01 của năm tiếp theo.",
        "REPORT EXCLUSIVE YEARLY 10/1 - shift=1",
    ),
    (
        "Chế độ báo cáo: báo cáo quý gửi trước ngày 10 tháng cuối quý; báo cáo năm gửi trước ngày 10 tháng 11.",
        "REPORT EXCLUSIVE QUARTERLY 10/3 -\nREPORT EXCLUSIVE YEARLY 10/11 -",
    ),
    (
        "Trước ngày 05 hằng tháng, các ấp, khu phố báo cáo số hộ thoát nghèo về UBND xã.",
        "REPORT EXCLUSIVE MONTHLY 5/- - who=các ấp, khu phố",
    ),
    (
        "+ Khối Đảng, Mặt trận, đoàn thể: chậm nhất ngày 20/11/2026 gửi hồ sơ về Văn phòng Đảng ủy.",
        "DOSSIER INCLUSIVE ONCE 20/11 2026",
    ),
    (
        "Thời gian nhận hồ sơ từ ngày 01/10/2026 đến 17 giờ 00 ngày 31/10/2026.",
        "DOSSIER WINDOW ONCE 31/10 2026 at=17:00 opens=1/10",
    ),
    (
        "Các trường gửi danh sách học sinh, giáo viên tiêu biểu trước 20-5-2026.",
        "TASK EXCLUSIVE ONCE 20/5 2026",
    ),
    (
        "Đối với khen thưởng theo năm học, hồ sơ gửi trước ngày 20 tháng 7; đối với khen thưởng theo năm công "
        "tác, hồ sơ gửi trước ngày 20 tháng 02 năm sau.",
        "DOSSIER EXCLUSIVE YEARLY 20/7 -\nDOSSIER EXCLUSIVE YEARLY 20/2 - shift=1",
    ),
    (
        "Hội đồng sáng kiến cấp xã xét, công nhận sáng kiến trước ngày 15/11 hằng năm đối với khối hành chính "
        "và trước ngày 15/5 hằng năm đối với khối trường học.",
        "TASK EXCLUSIVE YEARLY 15/11 - who=khối hành chính\nTASK EXCLUSIVE YEARLY 15/5 - who=khối trường học",
    ),
    (
        "Sở Nội vụ trình Chủ tịch UBND tỉnh quyết định khen thưởng trong 15 ngày làm việc kể từ ngày nhận đủ hồ sơ.",
        "TASK INCLUSIVE EVENT - - after=15w ngày nhận đủ hồ sơ",
    ),
    (
        "Kết quả tự chấm điểm gửi về cơ quan thường trực trước 30.11.2026.",
        "REPORT EXCLUSIVE ONCE 30/11 2026",
    ),
    (
        "Phòng Văn hóa - Xã hội tham mưu tổ chức Lễ phát động thi đua, hoàn thành trong Quý I/2026.",
        "TASK WINDOW ONCE 31/3 2026",
    ),
    (
        "Sơ kết phong trào thi đua vào tháng 7 năm 2026, tổng kết vào tháng 12 năm 2026.",
        "TASK WINDOW ONCE 31/7 2026\nTASK WINDOW ONCE 31/12 2026",
    ),
    (
        "Các cơ quan báo cáo tiến độ vào ngày 15 và ngày 30 hằng tháng.",
        "REPORT INCLUSIVE MONTHLY 15/- -\nREPORT INCLUSIVE MONTHLY 30/- -",
    ),
    (
        "Hạn nộp bản đăng ký: ngày 20/01/2026 (thứ Ba).",
        "PLEDGE INCLUSIVE ONCE 20/1 2026",
    ),
    (
        "Yêu cầu các đơn vị trực thuộc báo cáo (qua Văn phòng Sở) chậm nhất ngày 07/12.",
        "REPORT INCLUSIVE YEARLY 7/12 -",
    ),
    (
        "Các tập thể, cá nhân được khen thưởng nhận tiền thưởng chậm nhất 30 ngày sau ngày công bố quyết định.",
        "TASK INCLUSIVE EVENT - - after=30 ngày công bố quyết định",
    ),
    (
        "Riêng năm 2026, báo cáo tổng kết 5 năm gửi trước ngày 30 tháng 4.",
        "REPORT EXCLUSIVE ONCE 30/4 2026",
    ),
    (
        "Gửi đăng ký thi đua năm học 2026 - 2027 trước ngày 15 tháng 10.",
        "PLEDGE EXCLUSIVE ONCE 15/10 2026",
    ),
    (
        "Các đơn vị phải có văn bản giải trình nếu gửi hồ sơ sau thời hạn; thời hạn cuối cùng là ngày 25/12/2026.",
        "DOSSIER INCLUSIVE ONCE 25/12 2026",
    ),
    (
        "Báo cáo sơ kết giai đoạn 2021 - 2025 gửi về UBND tỉnh trước ngày 31 tháng 10 năm 2025.",
        "REPORT EXCLUSIVE ONCE 31/10 2025",
    ),
    (
        "Đợt thi đua cao điểm diễn ra từ ngày 19/8/2026 đến hết ngày 02/9/2026.",
        "TASK INCLUSIVE ONCE 2/9 2026 opens=19/8",
    ),
    (
        "Các chi bộ, thôn bình xét Gia đình văn hóa xong trước 25/11; UBND xã ra quyết định công nhận chậm "
        "nhất 10/12 hằng năm.",
        "TASK EXCLUSIVE YEARLY 25/11 -\nTASK INCLUSIVE YEARLY 10/12 -",
    ),
)
"""On first reading 39 of 41 deadlines were right (boundary, recurrence, day), and 2 were read that are none."""

FIRST_SET_WITHOUT: tuple[tuple[str, str], ...] = (
    (
        "Báo cáo tuần gửi trước 15 giờ thứ Năm hằng tuần.",
        "",
    ),
    (
        "Phong trào thi đua do Thủ tướng phát động ngày 10/9/2023 tiếp tục được triển khai.",
        "",
    ),
    (
        "Trong 9 tháng đầu năm 2026, toàn tỉnh đã khen thưởng 120 tập thể.",
        "",
    ),
    (
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị được quán triệt đến 100% đảng viên.",
        "DOCUMENT_DATE",
    ),
    (
        "Thời gian tính thành tích từ ngày 01/01/2021 đến ngày 31/12/2025.",
        "FIGURES_AS_OF",
    ),
    (
        "Đến hết ngày 30/9/2026, các đơn vị đã giải ngân 65% kế hoạch vốn.",
        "FIGURES_AS_OF",
    ),
    (
        "Tập thể được thành lập trước ngày 01/01/2024.",
        "NO_TASK",
    ),
    (
        "Kỷ niệm 96 năm Ngày thành lập Đảng Cộng sản Việt Nam (03/02/1930 - 03/02/2026).",
        "ANNIVERSARY",
    ),
    (
        "Chỉ tiêu: giảm 1/2 số hộ nghèo so với cuối năm 2025.",
        "",
    ),
    (
        "Thông tư này thay thế Thông tư số 01/2024/TT-BNV kể từ ngày 05/8/2025.",
        "DOCUMENT_DATE",
    ),
)
