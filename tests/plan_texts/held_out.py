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
        "PAST",
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

SECOND_SET: tuple[tuple[str, str], ...] = (
    (
        "Nhận hồ sơ đề nghị tặng “Cờ thi đua của UBND tỉnh” từ ngày 01 tháng 12 đến hết ngày 31 tháng 01 năm sau.",
        "DOSSIER INCLUSIVE YEARLY 31/1 - shift=1 opens=1/12",
    ),
    (
        "Đối với ngành giáo dục, việc trình khen thưởng hoàn thành trước ngày 30 tháng 8 hằng năm.",
        "DOSSIER EXCLUSIVE YEARLY 30/8 -",
    ),
    (
        "Các cụm, khối thi đua gửi kết quả suy tôn về Sở Nội vụ chậm nhất sau 05 ngày kể từ ngày tổ chức Hội "
        "nghị tổng kết.",
        "REPORT INCLUSIVE EVENT - - after=5 ngày tổ chức Hội nghị tổng kết",
    ),
    (
        "Báo cáo sơ kết gửi về Cụm trưởng trước khi tổ chức hội nghị 10 ngày.",
        "REPORT INCLUSIVE EVENT - - before=10 khi tổ chức hội nghị",
    ),
    (
        "Hằng năm, trước ngày 15 tháng 01, các đơn vị thành viên đăng ký nội dung thi đua với Khối trưởng.",
        "PLEDGE EXCLUSIVE YEARLY 15/1 -",
    ),
    (
        "Thời gian trình: Quý I: trước ngày 20/3; Quý II: trước ngày 20/6; Quý III: trước ngày 20/9; Quý IV: "
        "trước ngày 05/12.",
        "TASK EXCLUSIVE YEARLY 20/3 -\nTASK EXCLUSIVE YEARLY 20/6 -\nTASK EXCLUSIVE YEARLY 20/9 -\nTASK EXCLUSIVE "
        "YEARLY 5/12 -",
    ),
    (
        "Giao Phòng Giáo dục và Đào tạo tổng hợp hồ sơ của các trường, gửi về UBND phường chậm nhất ngày 20/6/2026.",
        "DOSSIER INCLUSIVE ONCE 20/6 2026 who=Phòng Giáo dục và Đào tạo",
    ),
    (
        "Các đơn vị khẩn trương rà soát, hoàn thiện hồ sơ, gửi trước 11h30 ngày 02/12/2026 để kịp thời tổng hợp.",
        "DOSSIER EXCLUSIVE ONCE 2/12 2026 at=11:30",
    ),
    (
        "Tổ chức Đại hội Thi đua yêu nước cấp xã xong trước ngày 30/6/2025; cấp tỉnh xong trước ngày 30/9/2025.",
        "TASK EXCLUSIVE ONCE 30/6 2025\nTASK EXCLUSIVE ONCE 30/9 2025",
    ),
    (
        "Lễ trao tặng dự kiến tổ chức trong tháng 5/2026.",
        "TASK WINDOW ONCE 31/5 2026",
    ),
    (
        "Các ban, ngành, đoàn thể xã báo cáo kết quả thực hiện nhiệm vụ hằng tháng vào ngày 18.",
        "REPORT INCLUSIVE MONTHLY 18/- -",
    ),
    (
        "Phiếu chấm điểm của các thành viên gửi Cụm trưởng chậm nhất là 17 giờ, ngày 25 tháng 11 năm 2026.",
        "REPORT INCLUSIVE ONCE 25/11 2026 at=17:00",
    ),
    (
        "UBND xã công bố kết quả bình xét Gia đình văn hóa trong thời hạn 05 ngày làm việc, kể từ ngày nhận "
        "được hồ sơ của thôn.",
        "TASK INCLUSIVE EVENT - - after=5w ngày nhận được hồ sơ của thôn",
    ),
    (
        "Sau 10 ngày kể từ ngày niêm yết công khai, nếu không có ý kiến khác, trưởng thôn lập hồ sơ gửi UBND xã.",
        "DOSSIER INCLUSIVE EVENT - - after=10 ngày niêm yết công khai",
    ),
    (
        "Báo cáo tổng kết phong trào thi đua giai đoạn 2021-2025 và đề xuất khen thưởng gửi về Sở Nội vụ trước "
        "ngày 01/9/2025.",
        "REPORT EXCLUSIVE ONCE 1/9 2025",
    ),
    (
        "Khối trưởng xây dựng kế hoạch hoạt động của khối và gửi các thành viên trong Quý I hằng năm.",
        "PLAN WINDOW YEARLY 31/3 -",
    ),
    (
        "Hạn chót đăng ký tham gia Hội thi là hết ngày 14/7/2026.",
        "TASK INCLUSIVE ONCE 14/7 2026",
    ),
    (
        "Đơn vị nào chưa gửi bản giao ước thì gửi bổ sung trước ngày 10/4/2026.",
        "PLEDGE EXCLUSIVE ONCE 10/4 2026",
    ),
    (
        "Số lượng đề nghị không quá 30%; danh sách gửi về Phòng Nội vụ trước ngày 30/11/2026.",
        "TASK EXCLUSIVE ONCE 30/11 2026",
    ),
    (
        "Các xã báo cáo kết quả sau đợt cao điểm, chậm nhất ngày 05 của tháng kế tiếp.",
        "REPORT INCLUSIVE MONTHLY 5/- -",
    ),
    (
        "Thời gian nộp bài dự thi: bắt đầu từ ngày 15/3/2026, kết thúc vào 24 giờ 00 ngày 15/6/2026.",
        "TASK INCLUSIVE ONCE 15/6 2026",
    ),
    (
        "Năm học 2025 - 2026: hồ sơ gửi chậm nhất ngày 10/6/2026; năm 2026: hồ sơ gửi chậm nhất ngày 10/12/2026.",
        "DOSSIER INCLUSIVE ONCE 10/6 2026\nDOSSIER INCLUSIVE ONCE 10/12 2026",
    ),
    (
        "Đề nghị Công an xã, Ban Chỉ huy Quân sự xã gửi báo cáo chuyên đề trước ngày 22 tháng 12.",
        "REPORT EXCLUSIVE YEARLY 22/12 -",
    ),
    (
        "Trường hợp khen thưởng đối ngoại, hồ sơ gửi trước ngày đón tiếp ít nhất 10 ngày làm việc.",
        "DOSSIER INCLUSIVE EVENT - - before=10w ngày đón tiếp",
    ),
    (
        "Kế hoạch của các đơn vị gửi về UBND xã trước ngày 20/02/2026 và tổ chức thực hiện từ ngày 01/3/2026.",
        "PLAN EXCLUSIVE ONCE 20/2 2026",
    ),
    (
        "Giao Văn phòng theo dõi, đôn đốc; định kỳ 6 tháng, năm báo cáo UBND tỉnh trước ngày 20/6 và 20/12.",
        "REPORT EXCLUSIVE YEARLY 20/6 -\nREPORT EXCLUSIVE YEARLY 20/12 -",
    ),
    (
        "Các phòng gửi đề cương trước thứ Sáu, ngày 13/3/2026.",
        "TASK EXCLUSIVE ONCE 13/3 2026",
    ),
    (
        "Bản đăng ký giao ước gửi kèm file word vào hộp thư tdkt@mau.gov.vn trước ngày 5-2-2026.",
        "PLEDGE EXCLUSIVE ONCE 5/2 2026",
    ),
    (
        "Kể từ ngày 01/7/2026, các xã gửi báo cáo trên phần mềm trước ngày 25 hằng tháng.",
        "REPORT EXCLUSIVE MONTHLY 25/- -",
    ),
    (
        "Hoàn thành việc chấm chéo trước ngày 15/12, xếp hạng trước ngày 20/12, công bố trước ngày 31/12 hằng năm.",
        "TASK EXCLUSIVE YEARLY 15/12 -\nTASK EXCLUSIVE YEARLY 20/12 -\nTASK EXCLUSIVE YEARLY 31/12 -",
    ),
    (
        "Tờ trình, biên bản họp và báo cáo thành tích (02 bộ) nộp tại Trung tâm Phục vụ hành chính công đến "
        "ngày 28/02/2027.",
        "DOSSIER INCLUSIVE ONCE 28/2 2027",
    ),
)
"""On first reading 37 of 39 deadlines were right, and 4 were read that are none."""

SECOND_SET_WITHOUT: tuple[tuple[str, str], ...] = (
    (
        "Chào mừng Ngày Quốc tế Phụ nữ 08/3, Ngày Giải phóng 30/4 và Quốc tế Lao động 01/5.",
        "ANNIVERSARY",
    ),
    (
        "Thực hiện Chương trình công tác ban hành kèm theo Quyết định số 88/QĐ-UBND ngày 09/01/2026.",
        "DOCUMENT_DATE",
    ),
    (
        "Công chức được tuyển dụng trước ngày 01/7/2025 vẫn được bình xét.",
        "PAST",
    ),
    (
        "Kết quả: đến ngày 31/12/2025 đã có 98% hộ đăng ký Gia đình văn hóa.",
        "FIGURES_AS_OF",
    ),
    (
        "Chủ tịch Hội đồng nhiệm kỳ 2026 - 2031 do Chủ tịch UBND đảm nhiệm.",
        "",
    ),
    (
        "Mức thưởng được tính theo lương cơ sở áp dụng từ ngày 01/7/2024.",
        "VALIDITY",
    ),
    (
        "Hội thi lần thứ 3 đã thành công tốt đẹp ngày 20/11/2025.",
        "PAST",
    ),
    (
        "Danh hiệu được xét cho cá nhân có từ 06 tháng công tác trở lên trong năm 2026.",
        "",
    ),
    (
        "Văn bản này có giá trị thay thế cho giấy mời họp ngày 12/3/2026.",
        "VALIDITY",
    ),
    (
        "Trong tháng 6/2026, cả nước thi đua lập thành tích chào mừng Đại hội.",
        "",
    ),
    (
        "Tổng kết việc thực hiện Đề án vào năm 2030.",
        "",
    ),
)

THIRD_SET: tuple[tuple[str, str], ...] = (
    (
        "Trễ nhất ngày 12/9/2026 các đơn vị gởi danh sách đoàn viên tiêu biểu về Hội Liên hiệp Phụ nữ xã.",
        "TASK INCLUSIVE ONCE 12/9 2026",
    ),
    (
        "Các xã hoàn tất việc họp dân, lập biên bản xong trong ngày 20/11/2026.",
        "TASK INCLUSIVE ONCE 20/11 2026",
    ),
    (
        "Từ nay đến hết tháng 6/2026, các trường hoàn thành hồ sơ minh chứng gửi về Phòng.",
        "DOSSIER INCLUSIVE ONCE 30/6 2026",
    ),
    (
        "Mỗi quý một lần, các cụm gửi báo cáo trước ngày 25 của tháng cuối quý.",
        "REPORT EXCLUSIVE QUARTERLY 25/3 -",
    ),
    (
        "Báo cáo hai lần trong năm: lần 1 trước ngày 31/5, lần 2 trước ngày 31/10.",
        "REPORT EXCLUSIVE YEARLY 31/5 -\nREPORT EXCLUSIVE YEARLY 31/10 -",
    ),
    (
        "Hội đồng Thi đua - Khen thưởng xã họp phiên cuối năm vào ngày 18/12/2026.",
        "TASK INCLUSIVE ONCE 18/12 2026",
    ),
    (
        "Việc tổng kết và đề nghị khen thưởng phong trào “Dân vận khéo” hoàn thành chậm nhất vào ngày 05 tháng "
        "10 hằng năm.",
        "TASK INCLUSIVE YEARLY 5/10 -",
    ),
    (
        "Các cơ quan, đơn vị, địa phương đăng ký mô hình điển hình năm 2027 gửi về Ban Tổ chức Đảng ủy trước "
        "ngày 20/01/2027.",
        "TASK EXCLUSIVE ONCE 20/1 2027",
    ),
    (
        "Kinh phí khen thưởng: các đơn vị lập dự toán gửi Phòng Kinh tế trước ngày 15/7 hằng năm.",
        "TASK EXCLUSIVE YEARLY 15/7 -",
    ),
    (
        "Các thành viên khối gửi ý kiến góp ý dự thảo quy chế đến Khối trưởng trước 17 giờ 00 phút ngày 06 "
        "tháng 3 năm 2026.",
        "TASK EXCLUSIVE ONCE 6/3 2026 at=17:00",
    ),
    (
        "Hồ sơ đề nghị công nhận sáng kiến nộp 02 đợt: đợt 1 chậm nhất ngày 30/4, đợt 2 chậm nhất ngày 31/10 hằng năm.",
        "DOSSIER INCLUSIVE YEARLY 30/4 -\nDOSSIER INCLUSIVE YEARLY 31/10 -",
    ),
    (
        "Chủ tịch UBND xã quyết định khen thưởng trong vòng 7 ngày kể từ khi nhận được tờ trình.",
        "TASK INCLUSIVE EVENT - - after=7 khi nhận được tờ trình",
    ),
    (
        "Giấy mời và tài liệu gửi đại biểu chậm nhất 03 ngày trước khi khai mạc hội nghị.",
        "TASK INCLUSIVE EVENT - - before=3 khi khai mạc hội nghị",
    ),
    (
        "Đề nghị các đồng chí Bí thư chi bộ thôn tổng hợp kết quả bình xét, báo cáo về xã trước ngày 10-11-2026.",
        "REPORT EXCLUSIVE ONCE 10/11 2026",
    ),
    (
        "b) Báo cáo năm: gửi trước ngày 12 tháng 12 hàng năm, đối với các trường học gửi trước ngày 12 tháng 6 "
        "hàng năm.",
        "REPORT EXCLUSIVE YEARLY 12/12 -\nREPORT EXCLUSIVE YEARLY 12/6 -",
    ),
    (
        "Thời gian tổ chức Hội thi: dự kiến từ ngày 10/8/2026 đến ngày 15/8/2026.",
        "TASK WINDOW ONCE 15/8 2026 opens=10/8",
    ),
    (
        "Phát động thi đua đợt 1 từ ngày 01/01 đến hết ngày 30/6/2026; đợt 2 từ ngày 01/7 đến hết ngày 31/12/2026.",
        "TASK INCLUSIVE ONCE 30/6 2026\nTASK INCLUSIVE ONCE 31/12 2026",
    ),
    (
        "Báo cáo sơ kết 03 năm thực hiện Chỉ thị gửi Thường trực Tỉnh ủy trước ngày 15 tháng 9 năm 2026 (kèm "
        "phụ lục số liệu đến 31/8/2026).",
        "REPORT EXCLUSIVE ONCE 15/9 2026",
    ),
    (
        "Trường Mầm non, Tiểu học và THCS nộp bản tự đánh giá chậm nhất ngày 25/5 hằng năm.",
        "TASK INCLUSIVE YEARLY 25/5 -",
    ),
    (
        "Các ban ngành chấm điểm chéo trong tuần thứ ba của tháng 11 hằng năm.",
        "TASK WINDOW YEARLY 21/11 -",
    ),
    (
        "Đề nghị tặng Kỷ niệm chương: gửi trước 60 ngày so với ngày truyền thống của ngành.",
        "DOSSIER INCLUSIVE EVENT - - before=60 ngày truyền thống của ngành",
    ),
    (
        "Công an xã tổng hợp, gửi hồ sơ khen thưởng phong trào Toàn dân bảo vệ an ninh Tổ quốc về UBND xã "
        "trước ngày 01 tháng 7 hằng năm.",
        "DOSSIER EXCLUSIVE YEARLY 1/7 -",
    ),
    (
        "Ngay sau khi nhận kế hoạch, các đơn vị xây dựng kế hoạch cụ thể và gửi về Hội đồng trước ngày 28/02/2026.",
        "PLAN EXCLUSIVE ONCE 28/2 2026",
    ),
    (
        "Giao ước thi đua giữa các thôn ký kết xong trước ngày 31 tháng 3.",
        "PLEDGE EXCLUSIVE YEARLY 31/3 -",
    ),
    (
        "Báo cáo gửi bằng văn bản và qua Zalo nhóm cụm trước 9 giờ sáng ngày 02/6/2026.",
        "REPORT EXCLUSIVE ONCE 2/6 2026 at=09:00",
    ),
    (
        "Các đơn vị chủ động xây dựng, trình phê duyệt kế hoạch năm 2027 trong tháng 12 năm 2026.",
        "PLAN WINDOW ONCE 31/12 2026",
    ),
    (
        "Định kỳ ngày 15 hằng tháng, các tổ dân phố phản ánh kết quả về UBND phường.",
        "TASK INCLUSIVE MONTHLY 15/- -",
    ),
    (
        "Hằng năm, chậm nhất là ngày 05/01 năm sau, các đơn vị gửi báo cáo kết quả thực hiện giao ước.",
        "REPORT INCLUSIVE YEARLY 5/1 - shift=1",
    ),
)
"""On first reading 29 of 32 deadlines were right, and none was read that is none."""

THIRD_SET_WITHOUT: tuple[tuple[str, str], ...] = (
    (
        "Ngày 20/10/2025, UBND tỉnh ban hành Quyết định số 999/QĐ-UBND về quy chế khen thưởng.",
        "",
    ),
    (
        "Tổng số hộ đạt Gia đình văn hóa đến cuối năm 2025 là 1.250 hộ.",
        "",
    ),
    (
        "Các phong trào phải gắn với kỷ niệm Ngày truyền thống 15/10 và Ngày 22/12.",
        "ANNIVERSARY",
    ),
    (
        "Trong giai đoạn 2026 - 2030, mỗi năm có ít nhất 02 điển hình được nhân rộng.",
        "",
    ),
    (
        "Quy định về mức chi tại Thông tư 28/2025/TT-BTC có hiệu lực từ 15/5/2025.",
        "VALIDITY",
    ),
    (
        "Thời gian xét thành tích: 05 năm (từ năm 2021 đến năm 2025).",
        "",
    ),
    (
        "Đạt từ 90 điểm trở lên xếp loại xuất sắc, từ 70 đến 89 điểm xếp loại khá.",
        "",
    ),
    (
        "Nhiệm kỳ của Cụm trưởng là 01 năm, từ ngày 01/01 đến ngày 31/12.",
        "NO_TASK",
    ),
    (
        "Văn bản số 15/UBND-VHXH ngày 03/3/2026 đã giao các đơn vị rà soát.",
        "DOCUMENT_DATE",
    ),
    (
        "Người nộp hồ sơ chịu trách nhiệm về tính chính xác của hồ sơ.",
        "",
    ),
    (
        "Lễ tuyên dương tổ chức vào dịp 19/5 hằng năm.",
        "",
    ),
    (
        "Hồ sơ gửi sau ngày 30/11/2026 được xét vào năm sau.",
        "",
    ),
)
