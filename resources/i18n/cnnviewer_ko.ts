<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>ChoosingPresenter</name>
    <message>
        <source>Loading the data set…</source>
        <translation>데이터셋을 불러오는 중…</translation>
    </message>
    <message>
        <source>The download is complete and checked.</source>
        <translation>다운로드를 마치고 확인했습니다.</translation>
    </message>
</context>
<context>
    <name>CurveControls</name>
    <message>
        <source>Smoothing</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>Smoothing of the training curves, in steps</source>
        <translation>학습 곡선의 평활화(스텝 수)</translation>
    </message>
    <message>
        <source>Average over about so many steps, the latest counting most; the raw curve stays behind it</source>
        <translation>약 이만큼의 스텝을 평균합니다. 최근 값의 비중이 가장 크며 원래 곡선은 뒤에 남습니다</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>가로축</translation>
    </message>
    <message>
        <source>Count steps or epochs on the horizontal axis (X)</source>
        <translation>가로축을 스텝이나 에폭으로 셉니다 (X)</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그 눈금</translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation>로그 눈금 손실</translation>
    </message>
    <message>
        <source>Loss on a logarithmic axis (L)</source>
        <translation>손실을 로그 눈금으로 (L)</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>원래 값</translation>
    </message>
    <message>
        <source>Raw curves</source>
        <translation>원래 곡선</translation>
    </message>
    <message>
        <source>Show the value of every step behind the smoothed curve (W)</source>
        <translation>평활화한 곡선 뒤에 스텝마다의 값을 보입니다 (W)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>따라가기</translation>
    </message>
    <message>
        <source>Follow the training</source>
        <translation>학습 따라가기</translation>
    </message>
    <message>
        <source>Keep the whole training in view while it grows (O)</source>
        <translation>학습이 진행되는 동안 전체를 보입니다 (O)</translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation>확대 초기화</translation>
    </message>
    <message>
        <source>Show everything (Home). Wheel zooms, drag pans; over an axis, only that axis</source>
        <translation>전체 보기 (Home). 휠로 확대하고 끌어서 옮깁니다. 축 위에서는 그 축만 바뀝니다</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation>곡선 내보내기</translation>
    </message>
    <message>
        <source>Save the curves as PNG, SVG or PDF, the numbers as CSV or JSON (Ctrl+E)</source>
        <translation>곡선은 PNG, SVG, PDF로, 수치는 CSV나 JSON으로 저장합니다 (Ctrl+E)</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>{n} steps</source>
        <translation>{n}스텝</translation>
    </message>
</context>
<context>
    <name>CurveLegend</name>
    <message>
        <source>training, each step</source>
        <translation>학습, 스텝마다</translation>
    </message>
    <message>
        <source>training, smoothed</source>
        <translation>학습, 평활화</translation>
    </message>
    <message>
        <source>training, epoch</source>
        <translation>학습, 에폭</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Legend of the curves</source>
        <translation>곡선의 범례</translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message>
        <source>Press Train: loss and accuracy appear here.</source>
        <translation>학습을 누르면 손실과 정확도가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Loss over the training</source>
        <translation>학습 중의 손실</translation>
    </message>
    <message>
        <source>Accuracy over the training</source>
        <translation>학습 중의 정확도</translation>
    </message>
    <message>
        <source>Values under the crosshair</source>
        <translation>십자선 위치의 값</translation>
    </message>
    <message>
        <source>loss (log)</source>
        <translation>손실 (로그)</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>accuracy (%)</source>
        <translation>정확도 (%)</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Step {step}: loss {loss} (smoothed {smooth})</source>
        <translation>스텝 {step}: 손실 {loss} (평활화 {smooth})</translation>
    </message>
    <message>
        <source>accuracy {accuracy} (smoothed {smooth})</source>
        <translation>정확도 {accuracy} (평활화 {smooth})</translation>
    </message>
    <message>
        <source>Step {step}: the loss is not a number</source>
        <translation>스텝 {step}: 손실이 수가 아닙니다</translation>
    </message>
    <message>
        <source>validation after epoch {epoch}: loss {loss}, accuracy {accuracy}</source>
        <translation>에폭 {epoch} 뒤의 검증: 손실 {loss}, 정확도 {accuracy}</translation>
    </message>
</context>
<context>
    <name>DownloadCard</name>
    <message>
        <source>{title} is not on this computer. Download: {size}. Licence: {licence}.</source>
        <translation>이 컴퓨터에 {title}이(가) 없습니다. 다운로드 크기: {size}. 라이선스: {licence}.</translation>
    </message>
    <message>
        <source>{percent} % · {done} of {total} · {speed}/s</source>
        <translation>{percent} % · {total} 중 {done} · {speed}/s</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop here; the next download goes on from where this one ended</source>
        <translation>여기서 멈춥니다. 다음 다운로드는 여기서부터 이어집니다</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>다운로드</translation>
    </message>
    <message>
        <source>Download, check and unpack it into the data folder</source>
        <translation>다운로드해 확인하고 데이터 폴더에 풉니다</translation>
    </message>
    <message>
        <source>Download progress</source>
        <translation>다운로드 진행</translation>
    </message>
</context>
<context>
    <name>DrawCanvas</name>
    <message>
        <source>Drawing canvas</source>
        <translation>그리기 캔버스</translation>
    </message>
    <message>
        <source>Draw a digit with mouse, finger or pen. Delete clears the sheet, Ctrl+Z takes the last stroke back.</source>
        <translation>마우스, 손가락, 펜으로 숫자를 그리세요. Delete로 지우고 Ctrl+Z로 마지막 획을 되돌립니다.</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>숫자를 그려 보세요</translation>
    </message>
</context>
<context>
    <name>DrawTab</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Take back the last stroke (Ctrl+Z)</source>
        <translation>마지막 획을 되돌립니다 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear the sheet (Delete, while it has the focus)</source>
        <translation>캔버스를 비웁니다 (포커스가 있을 때 Delete)</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Erase instead of draw (or use the right mouse button)</source>
        <translation>그리는 대신 지웁니다 (오른쪽 마우스 단추도 됩니다)</translation>
    </message>
    <message>
        <source>Brush width</source>
        <translation>붓 굵기</translation>
    </message>
    <message>
        <source>Save drawing</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Save the drawing as a picture…</source>
        <translation>그림을 파일로 저장합니다…</translation>
    </message>
    <message>
        <source>Open drawing</source>
        <translation>그림 열기</translation>
    </message>
    <message>
        <source>Open a saved drawing…</source>
        <translation>저장한 그림을 엽니다…</translation>
    </message>
</context>
<context>
    <name>ExportCurves</name>
    <message>
        <source>Export curves</source>
        <translation>곡선 내보내기</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>너비(픽셀)</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>높이(픽셀)</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>창과 같게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>저장할 곳…</translation>
    </message>
    <message>
        <source>Choose the file: its ending picks PNG, SVG or PDF</source>
        <translation>파일을 고릅니다. 확장자로 PNG, SVG, PDF가 정해집니다</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Open image</source>
        <translation>이미지 열기</translation>
    </message>
    <message>
        <source>Images (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff)</source>
        <translation>이미지 (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff)</translation>
    </message>
    <message>
        <source>Open weights</source>
        <translation>가중치 열기</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.pt *.pth)</source>
        <translation>가중치 (*.safetensors *.pt *.pth)</translation>
    </message>
    <message>
        <source>Save weights</source>
        <translation>가중치 저장</translation>
    </message>
    <message>
        <source>Weights (*.safetensors)</source>
        <translation>가중치 (*.safetensors)</translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation>곡선 내보내기</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>그림 (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>Export numbers</source>
        <translation>수치 내보내기</translation>
    </message>
    <message>
        <source>Tables (*.csv *.json)</source>
        <translation>표 (*.csv *.json)</translation>
    </message>
    <message>
        <source>Export network picture</source>
        <translation>신경망 그림 내보내기</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png)</source>
        <translation>그림 (*.svg *.png)</translation>
    </message>
    <message>
        <source>Export feature maps</source>
        <translation>특징 맵 내보내기</translation>
    </message>
    <message>
        <source>Arrays and pictures (*.npz *.npy *.png)</source>
        <translation>배열과 그림 (*.npz *.npy *.png)</translation>
    </message>
    <message>
        <source>Export kernels</source>
        <translation>커널 내보내기</translation>
    </message>
    <message>
        <source>Arrays and pictures (*.png *.npy)</source>
        <translation>배열과 그림 (*.png *.npy)</translation>
    </message>
    <message>
        <source>Save drawing</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>Open drawing</source>
        <translation>그림 열기</translation>
    </message>
    <message>
        <source>A folder with one sub-folder of images a class</source>
        <translation>클래스마다 이미지 하위 폴더가 있는 폴더</translation>
    </message>
    <message>
        <source>Open a data set</source>
        <translation>데이터셋 열기</translation>
    </message>
    <message>
        <source>Arrays (*.npz)</source>
        <translation>배열 (*.npz)</translation>
    </message>
</context>
<context>
    <name>FileTab</name>
    <message>
        <source>Read as a drawn digit</source>
        <translation>손글씨 숫자로 읽기</translation>
    </message>
    <message>
        <source>Find the ink and prepare it as MNIST&apos;s makers did: cropped, scaled to 20×20, centred by mass</source>
        <translation>MNIST를 만든 방식대로 글씨를 찾아 자르고 20×20으로 줄여 무게 중심을 맞춥니다</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>그림 열기</translation>
    </message>
    <message>
        <source>Open a picture (Ctrl+O)</source>
        <translation>그림을 엽니다 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Paste picture</source>
        <translation>그림 붙여넣기</translation>
    </message>
    <message>
        <source>Paste a picture from the clipboard (Ctrl+V)</source>
        <translation>클립보드의 그림을 붙여넣습니다 (Ctrl+V)</translation>
    </message>
    <message>
        <source>No picture is open</source>
        <translation>열린 그림이 없습니다</translation>
    </message>
</context>
<context>
    <name>FilesPresenter</name>
    <message>
        <source>The weights in {file} are on the screen.</source>
        <translation>{file}의 가중치를 화면에 보입니다.</translation>
    </message>
    <message>
        <source>{file} is written.</source>
        <translation>{file}을(를) 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>cnnviewer help</source>
        <translation>cnnviewer 도움말</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Choose a model and a data set on the left and press Train. Loss and accuracy appear below; the feature maps, the kernels and the prediction follow while the model learns. Learning rate and momentum may be changed under way; Step learns exactly one batch.</source>
        <translation>왼쪽에서 모델과 데이터셋을 고르고 학습을 누르세요. 아래에 손실과 정확도가 나타나고, 모델이 배우는 동안 특징 맵과 커널과 예측이 함께 움직입니다. 학습률과 모멘텀은 도중에 바꿀 수 있고, 한 스텝은 정확히 배치 하나를 학습합니다.</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>들여다보기</translation>
    </message>
    <message>
        <source>Every column is one operation, every tile one feature map. Point at a tile to see what it is computed from; point at a pixel to read its value and see its receptive field framed on the input. A click keeps it, arrow keys walk, Esc lets go. The wheel zooms, dragging moves, F fits.</source>
        <translation>열 하나는 연산 하나, 타일 하나는 특징 맵 하나입니다. 타일을 가리키면 무엇으로 계산되는지, 픽셀을 가리키면 값과 입력에서의 수용 영역이 보입니다. 클릭하면 고정되고 화살표 키로 옮겨 다니며 Esc로 놓습니다. 휠로 확대하고 끌어서 옮기며 F로 전체를 맞춥니다.</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>그리기</translation>
    </message>
    <message>
        <source>Draw a digit anywhere on the canvas, as large or small as you like. It is cropped, scaled to 20×20 and centred by mass in 28×28, as the makers of MNIST did; the lens below shows the steps. The bars move while you draw.</source>
        <translation>캔버스 어디에나 원하는 크기로 숫자를 그리세요. MNIST를 만든 방식대로 잘라 20×20으로 줄이고 28×28의 가운데에 무게 중심을 맞춥니다. 아래 렌즈에 그 단계가 보입니다. 그리는 동안 막대가 움직입니다.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>File ▸ Export writes curves (PNG, SVG, PDF), numbers (CSV, JSON), feature maps and kernels (PNG, NPY) and the network picture (SVG, PNG), with a caption of model, data, step and seed.</source>
        <translation>파일 ▸ 내보내기로 곡선(PNG, SVG, PDF), 수치(CSV, JSON), 특징 맵과 커널(PNG, NPY), 신경망 그림(SVG, PNG)을 모델, 데이터, 스텝, 시드가 적힌 설명과 함께 저장합니다.</translation>
    </message>
    <message>
        <source>cnnviewer {version}, free software under the MIT licence.</source>
        <translation>cnnviewer {version}, MIT 라이선스의 자유 소프트웨어.</translation>
    </message>
</context>
<context>
    <name>Hyperparameters</name>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>How often the whole training set is gone through.</source>
        <translation>학습 데이터 전체를 몇 번 되풀이하는지입니다.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>How many images are looked at before the weights move one step.</source>
        <translation>가중치가 한 걸음 움직이기 전에 보는 이미지의 수입니다.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>How far the weights move against the gradient at each step. May be changed while training.</source>
        <translation>스텝마다 가중치가 기울기의 반대쪽으로 얼마나 움직이는지입니다. 학습 중에 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>How much of the last step&apos;s direction the next one keeps. May be changed while training.</source>
        <translation>다음 스텝이 지난 스텝의 방향을 얼마나 이어받는지입니다. 학습 중에 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Where the random numbers begin: the same seed gives the same weights to the last bit.</source>
        <translation>난수가 시작되는 곳입니다. 같은 시드는 마지막 비트까지 같은 가중치를 줍니다.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>How strongly large weights are pulled towards zero at each step (L2 penalty).</source>
        <translation>스텝마다 큰 가중치를 0쪽으로 당기는 세기입니다(L2 벌점).</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>드롭아웃</translation>
    </message>
    <message>
        <source>Probability that a channel is switched off while training, in place of the model&apos;s own.</source>
        <translation>학습 중에 채널이 꺼질 확률로, 모델에 정해진 값 대신 씁니다.</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>검증 비율</translation>
    </message>
    <message>
        <source>Part of the training images held out to validate on; 0 validates on the test images.</source>
        <translation>검증용으로 떼어 두는 학습 이미지의 비율입니다. 0이면 테스트 이미지로 검증합니다.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>PyTorch&apos;s thread count on the CPU; 0 lets the program choose.</source>
        <translation>CPU에서 PyTorch가 쓰는 스레드 수입니다. 0이면 프로그램이 정합니다.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>스케줄</translation>
    </message>
    <message>
        <source>How the learning rate goes over the training: constant, or down to 0 along a cosine.</source>
        <translation>학습하는 동안 학습률의 변화입니다. 일정하게 두거나 코사인을 따라 0까지 줄입니다.</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>데이터 증강</translation>
    </message>
    <message>
        <source>How training images are varied: flips and crops for photos, handwriting for digits.</source>
        <translation>학습 이미지를 바꾸는 방법입니다. 사진은 뒤집고 자르며 숫자는 손글씨처럼 바꿉니다.</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>일정</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>코사인</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>flip and crop</source>
        <translation>뒤집기와 자르기</translation>
    </message>
    <message>
        <source>handwriting</source>
        <translation>손글씨</translation>
    </message>
    <message>
        <source>the model&apos;s</source>
        <translation>모델의 값</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>더 많은 설정</translation>
    </message>
    <message>
        <source>Schedule, augmentation, weight decay, dropout, validation share, threads</source>
        <translation>스케줄, 데이터 증강, 가중치 감쇠, 드롭아웃, 검증 비율, 스레드</translation>
    </message>
</context>
<context>
    <name>InputLens</name>
    <message>
        <source>row {row}, col {col}: {value}</source>
        <translation>{row}행 {col}열: {value}</translation>
    </message>
    <message>
        <source>({row}, {col}): {value}</source>
        <translation>({row}, {col}): {value}</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>모델이 보는 것</translation>
    </message>
    <message>
        <source>The model&apos;s input, pixel by pixel. Point at a pixel, or use the arrow keys, to read its value.</source>
        <translation>모델의 입력입니다. 픽셀을 가리키거나 화살표 키로 값을 읽습니다.</translation>
    </message>
    <message>
        <source>No image.</source>
        <translation>이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{width} by {height} pixels, {channels} channels.</source>
        <translation>{width}×{height} 픽셀, 채널 {channels}개.</translation>
    </message>
    <message>
        <source>No image yet</source>
        <translation>아직 이미지가 없습니다</translation>
    </message>
    <message>
        <source>cropped</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>20×20</source>
        <translation>20×20</translation>
    </message>
    <message>
        <source>centred</source>
        <translation>중심 맞춤</translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message>
        <source>Input and prediction</source>
        <translation>입력과 예측</translation>
    </message>
    <message>
        <source>Where the image comes from</source>
        <translation>이미지의 출처</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>그리기</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>숫자를 그려 보세요</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Choose an image of the data set</source>
        <translation>데이터셋의 이미지를 고릅니다</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Open, drop or paste a picture</source>
        <translation>그림을 열거나 끌어다 놓거나 붙여넣습니다</translation>
    </message>
</context>
<context>
    <name>KernelGrid</name>
    <message>
        <source>Kernels</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>in ↓ out →</source>
        <translation>입력 ↓ 출력 →</translation>
    </message>
    <message>
        <source>out ↓ in →</source>
        <translation>출력 ↓ 입력 →</translation>
    </message>
    <message>
        <source>Choose a layer with weights to see its kernels.</source>
        <translation>가중치가 있는 층을 고르면 커널이 보입니다.</translation>
    </message>
</context>
<context>
    <name>KernelView</name>
    <message>
        <source>in ↓ out →</source>
        <translation>입력 ↓ 출력 →</translation>
    </message>
    <message>
        <source>out ↓ in →</source>
        <translation>출력 ↓ 입력 →</translation>
    </message>
    <message>
        <source>Kernels of the selected layer</source>
        <translation>선택한 층의 커널</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>The layer whose weights are shown.</source>
        <translation>가중치를 보일 층입니다.</translation>
    </message>
    <message>
        <source>How kernels are shown</source>
        <translation>커널 표시 방법</translation>
    </message>
    <message>
        <source>What a tile shows: one input channel, its colours, or every kernel.</source>
        <translation>타일에 보일 것: 입력 채널 하나, 색, 또는 모든 커널.</translation>
    </message>
    <message>
        <source>Input channel</source>
        <translation>입력 채널</translation>
    </message>
    <message>
        <source>Which input channel&apos;s kernels are shown.</source>
        <translation>커널을 보일 입력 채널입니다.</translation>
    </message>
    <message>
        <source>Point at a weight, or use the arrow keys, to read it. Zoom: Ctrl and the wheel, or + and −; 0 fits.</source>
        <translation>가중치를 가리키거나 화살표 키로 읽습니다. 확대: Ctrl과 휠, 또는 +와 −. 0은 전체 맞춤.</translation>
    </message>
    <message>
        <source>RGB together</source>
        <translation>RGB 함께</translation>
    </message>
    <message>
        <source>One input channel</source>
        <translation>입력 채널 하나</translation>
    </message>
    <message>
        <source>All kernels, out × in</source>
        <translation>모든 커널, 출력 × 입력</translation>
    </message>
    <message>
        <source>{name} = {value}</source>
        <translation>{name} = {value}</translation>
    </message>
    <message>
        <source>{name} (row {row}, col {col}) = {value}</source>
        <translation>{name} ({row}행 {col}열) = {value}</translation>
    </message>
    <message>
        <source>{layer}: {shape} = {count} weights</source>
        <translation>{layer}: {shape} = 가중치 {count}개</translation>
    </message>
    <message>
        <source>{layer}: {shape} = {count} weights, {biases} biases</source>
        <translation>{layer}: {shape} = 가중치 {count}개, 편향 {biases}개</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>What a training prints appears here.</source>
        <translation>학습이 출력하는 내용이 여기에 나타납니다.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>About cnnviewer</source>
        <translation>cnnviewer 정보</translation>
    </message>
    <message>
        <source>Train a small convolutional network, watch it learn and look inside every layer. Free software under the MIT licence.</source>
        <translation>작은 합성곱 신경망을 학습하고, 배우는 모습을 지켜보고, 모든 층을 들여다보세요. MIT 라이선스의 자유 소프트웨어입니다.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Input and prediction</source>
        <translation>입력과 예측</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open image…</source>
        <translation>이미지 열기…</translation>
    </message>
    <message>
        <source>Look at a picture of your own</source>
        <translation>내 그림을 봅니다</translation>
    </message>
    <message>
        <source>Paste image</source>
        <translation>이미지 붙여넣기</translation>
    </message>
    <message>
        <source>Look at the picture in the clipboard</source>
        <translation>클립보드의 그림을 봅니다</translation>
    </message>
    <message>
        <source>Open weights…</source>
        <translation>가중치 열기…</translation>
    </message>
    <message>
        <source>Show weights from a .safetensors, .pt or .pth file</source>
        <translation>.safetensors, .pt, .pth 파일의 가중치를 보입니다</translation>
    </message>
    <message>
        <source>Save weights…</source>
        <translation>가중치 저장…</translation>
    </message>
    <message>
        <source>Save the weights on the screen as .safetensors</source>
        <translation>화면의 가중치를 .safetensors로 저장합니다</translation>
    </message>
    <message>
        <source>Curves…</source>
        <translation>곡선…</translation>
    </message>
    <message>
        <source>Export the curves as PNG, SVG or PDF</source>
        <translation>곡선을 PNG, SVG, PDF로 내보냅니다</translation>
    </message>
    <message>
        <source>Numbers…</source>
        <translation>수치…</translation>
    </message>
    <message>
        <source>Export every step&apos;s numbers as CSV or JSON</source>
        <translation>모든 스텝의 수치를 CSV나 JSON으로 내보냅니다</translation>
    </message>
    <message>
        <source>Feature maps…</source>
        <translation>특징 맵…</translation>
    </message>
    <message>
        <source>Export the feature maps as PNG, NPY or NPZ</source>
        <translation>특징 맵을 PNG, NPY, NPZ로 내보냅니다</translation>
    </message>
    <message>
        <source>Kernels…</source>
        <translation>커널…</translation>
    </message>
    <message>
        <source>Export the kernels shown as PNG or NPY</source>
        <translation>보이는 커널을 PNG나 NPY로 내보냅니다</translation>
    </message>
    <message>
        <source>Network picture…</source>
        <translation>신경망 그림…</translation>
    </message>
    <message>
        <source>Export the whole network as SVG or PNG</source>
        <translation>신경망 전체를 SVG나 PNG로 내보냅니다</translation>
    </message>
    <message>
        <source>Copy network picture</source>
        <translation>신경망 그림 복사</translation>
    </message>
    <message>
        <source>Copy the network&apos;s picture</source>
        <translation>신경망 그림을 복사합니다</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>프로그램을 끝냅니다</translation>
    </message>
    <message>
        <source>Undo stroke</source>
        <translation>획 되돌리기</translation>
    </message>
    <message>
        <source>Take back the last change of the drawing</source>
        <translation>그림의 마지막 변경을 되돌립니다</translation>
    </message>
    <message>
        <source>Clear drawing</source>
        <translation>그림 지우기</translation>
    </message>
    <message>
        <source>Begin with an empty canvas; can be undone</source>
        <translation>빈 캔버스로 시작합니다. 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Save drawing…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>Save the canvas as PNG</source>
        <translation>캔버스를 PNG로 저장합니다</translation>
    </message>
    <message>
        <source>Open drawing…</source>
        <translation>그림 열기…</translation>
    </message>
    <message>
        <source>Put a saved drawing on the canvas</source>
        <translation>저장한 그림을 캔버스에 놓습니다</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Train from new random weights</source>
        <translation>새 무작위 가중치에서 학습합니다</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>일시정지/계속</translation>
    </message>
    <message>
        <source>Wait at the next step, or go on</source>
        <translation>다음 스텝에서 기다리거나 계속합니다</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>Learn exactly one batch</source>
        <translation>정확히 배치 하나를 학습합니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>End the training and keep the weights</source>
        <translation>학습을 끝내고 가중치를 남깁니다</translation>
    </message>
    <message>
        <source>Fit the network</source>
        <translation>신경망 맞춤</translation>
    </message>
    <message>
        <source>Show the whole network</source>
        <translation>신경망 전체를 보입니다</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Use the whole screen, or go back</source>
        <translation>전체 화면으로 바꾸거나 되돌립니다</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>배치 초기화</translation>
    </message>
    <message>
        <source>Put every panel back where it was at first</source>
        <translation>모든 패널을 처음 자리로 돌립니다</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>환경설정…</translation>
    </message>
    <message>
        <source>Language, theme, motion and data folder</source>
        <translation>언어, 테마, 움직임, 데이터 폴더</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>How to use the program, and its shortcuts</source>
        <translation>사용 방법과 단축키</translation>
    </message>
    <message>
        <source>About cnnviewer</source>
        <translation>cnnviewer 정보</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>버전과 라이선스</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>학습(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>움직임</translation>
    </message>
    <message>
        <source>Whether bars and views move smoothly</source>
        <translation>막대와 화면이 부드럽게 움직일지 정합니다</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>알림 닫기</translation>
    </message>
</context>
<context>
    <name>NetworkView</name>
    <message>
        <source>{model}: {n} layers, {parameters} parameters</source>
        <translation>{model}: 층 {n}개, 매개변수 {parameters}개</translation>
    </message>
    <message>
        <source>(row {row}, col {col})</source>
        <translation>({row}행 {col}열)</translation>
    </message>
    <message>
        <source>{value} (not a number: magenta)</source>
        <translation>{value} (수가 아님: 자홍색)</translation>
    </message>
    <message>
        <source>What the network sees, after normalisation</source>
        <translation>정규화한 뒤 신경망이 보는 것</translation>
    </message>
    <message>
        <source>{operation} of {inputs}</source>
        <translation>{inputs}의 {operation}</translation>
    </message>
    <message>
        <source>parameters {text}</source>
        <translation>매개변수 {text}</translation>
    </message>
    <message>
        <source>Point at a map to see what it comes from · click keeps it · the wheel zooms · F fits</source>
        <translation>맵을 가리키면 무엇에서 왔는지 보입니다 · 클릭하면 고정 · 휠로 확대 · F로 맞춤</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Go to layer</source>
        <translation>층으로 가기</translation>
    </message>
    <message>
        <source>Zoom to a layer (double-click on it, or Enter)</source>
        <translation>층을 확대합니다 (두 번 클릭 또는 Enter)</translation>
    </message>
    <message>
        <source>Range of the colours</source>
        <translation>색의 범위</translation>
    </message>
    <message>
        <source>Which values share one colour scale</source>
        <translation>어떤 값들이 색 눈금 하나를 함께 쓰는지</translation>
    </message>
    <message>
        <source>per layer</source>
        <translation>층마다</translation>
    </message>
    <message>
        <source>per map</source>
        <translation>맵마다</translation>
    </message>
    <message>
        <source>global</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>축소 (−)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>확대 (+)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Fit the network</source>
        <translation>신경망 맞춤</translation>
    </message>
    <message>
        <source>Show the whole network (F)</source>
        <translation>신경망 전체 보기 (F)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Feature maps of the network</source>
        <translation>신경망의 특징 맵</translation>
    </message>
    <message>
        <source>Every layer is a column, every feature map a tile. Arrow keys walk from value to value and on to the next map and layer; with Shift from map to map, with Ctrl from layer to layer. Enter zooms to the layer, F shows everything, + and − zoom, Esc lets go.</source>
        <translation>층은 열, 특징 맵은 타일입니다. 화살표 키로 값에서 값으로, 이어서 다음 맵과 층으로 옮겨 갑니다. Shift와 함께 맵 단위로, Ctrl과 함께 층 단위로 옮깁니다. Enter는 층 확대, F는 전체 보기, +와 −는 확대와 축소, Esc는 놓기입니다.</translation>
    </message>
    <message>
        <source>Draw a digit or choose an image</source>
        <translation>숫자를 그리거나 이미지를 고르세요</translation>
    </message>
</context>
<context>
    <name>PicturePreview</name>
    <message>
        <source>Preview of the picture</source>
        <translation>그림 미리 보기</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>여기에 그림을 끌어다 놓으세요</translation>
    </message>
</context>
<context>
    <name>PredictionView</name>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>높은 순서</translation>
    </message>
    <message>
        <source>Best first: order the bars by probability instead of by class</source>
        <translation>높은 순서: 막대를 클래스가 아니라 확률 순서로 놓습니다</translation>
    </message>
    <message>
        <source>Probabilities of the classes</source>
        <translation>클래스별 확률</translation>
    </message>
    <message>
        <source>No prediction: there is no image.</source>
        <translation>예측이 없습니다. 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{name} with {percent}</source>
        <translation>{name}, {percent}</translation>
    </message>
    <message>
        <source>then {name} with {percent}</source>
        <translation>다음은 {name}, {percent}</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>맞음.</translation>
    </message>
    <message>
        <source>Wrong.</source>
        <translation>틀림.</translation>
    </message>
    <message>
        <source>The label is {label}.</source>
        <translation>레이블은 {label}입니다.</translation>
    </message>
    <message>
        <source>{number} percent</source>
        <translation>{number}퍼센트</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Data folder</source>
        <translation>데이터 폴더</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>움직임</translation>
    </message>
    <message>
        <source>Bars and views move smoothly</source>
        <translation>막대와 화면이 부드럽게 움직입니다</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>Look for data sets in another folder, and download to it</source>
        <translation>다른 폴더에서 데이터셋을 찾고 거기에 다운로드합니다</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Clipboard</source>
        <translation>클립보드</translation>
    </message>
</context>
<context>
    <name>SampleBrowser</name>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>테스트 이미지</translation>
    </message>
    <message>
        <source>Training images</source>
        <translation>학습 이미지</translation>
    </message>
    <message>
        <source>Part of the data set</source>
        <translation>데이터셋의 부분</translation>
    </message>
    <message>
        <source>Which part of the data set is shown</source>
        <translation>데이터셋의 어느 부분을 보일지</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Show only images of this class</source>
        <translation>이 클래스의 이미지만 보입니다</translation>
    </message>
    <message>
        <source>Only wrong</source>
        <translation>틀린 것만</translation>
    </message>
    <message>
        <source>Show only the images that the model reads wrongly</source>
        <translation>모델이 틀리게 읽은 이미지만 보입니다</translation>
    </message>
    <message>
        <source>Image number</source>
        <translation>이미지 번호</translation>
    </message>
    <message>
        <source>Go to an image by its number, counted from 0</source>
        <translation>번호(0부터)로 이미지를 찾아갑니다</translation>
    </message>
    <message>
        <source>Random image</source>
        <translation>무작위 이미지</translation>
    </message>
    <message>
        <source>Choose one of the images shown at random</source>
        <translation>보이는 이미지 중 하나를 무작위로 고릅니다</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Find the wrong ones again</source>
        <translation>틀린 것 다시 찾기</translation>
    </message>
    <message>
        <source>Let the model read all images of this part with its present weights</source>
        <translation>지금 가중치로 이 부분의 모든 이미지를 읽습니다</translation>
    </message>
    <message>
        <source>Progress of reading</source>
        <translation>읽기 진행</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>모든 클래스</translation>
    </message>
    <message>
        <source>No data set is loaded. Choose one in the panel Train.</source>
        <translation>불러온 데이터셋이 없습니다. 학습 패널에서 고르세요.</translation>
    </message>
    <message>
        <source>The model is reading all {count} images…</source>
        <translation>모델이 이미지 {count}장을 모두 읽는 중…</translation>
    </message>
    <message>
        <source>The model has changed since it read these images.</source>
        <translation>이 이미지들을 읽은 뒤 모델이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>The model reads every one of these images rightly.</source>
        <translation>모델이 이 이미지를 모두 맞게 읽습니다.</translation>
    </message>
    <message>
        <source>There is no image of this class here.</source>
        <translation>여기에는 이 클래스의 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{title}: {total} images</source>
        <translation>{title}: 이미지 {total}장</translation>
    </message>
    <message>
        <source>{shown} of {total} images</source>
        <translation>이미지 {total}장 중 {shown}장</translation>
    </message>
</context>
<context>
    <name>SampleGrid</name>
    <message>
        <source>#{index} · label {label}</source>
        <translation>#{index} · 레이블 {label}</translation>
    </message>
    <message>
        <source>#{index} · label {label}, read as {read}</source>
        <translation>#{index} · 레이블 {label}, 읽은 값 {read}</translation>
    </message>
</context>
<context>
    <name>TrainPanel</name>
    <message>
        <source>{title} (download)</source>
        <translation>{title} (다운로드)</translation>
    </message>
    <message>
        <source>A folder of your own…</source>
        <translation>내 폴더…</translation>
    </message>
    <message>
        <source>An .npz file of your own…</source>
        <translation>내 .npz 파일…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Go on where the training waits (Ctrl+P)</source>
        <translation>기다리는 학습을 계속합니다 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Wait at the next step; the weights stay as they are (Ctrl+P)</source>
        <translation>다음 스텝에서 기다립니다. 가중치는 그대로입니다 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>The network to look into and to train.</source>
        <translation>들여다보고 학습할 신경망입니다.</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>The images to learn from and to look at.</source>
        <translation>배우고 들여다볼 이미지입니다.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>The processor that trains.</source>
        <translation>학습할 프로세서입니다.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Train from new random weights, drawn from the seed (Ctrl+T)</source>
        <translation>시드에서 뽑은 새 무작위 가중치로 학습합니다 (Ctrl+T)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>Learn exactly one batch, then wait (Ctrl+.)</source>
        <translation>정확히 배치 하나를 학습하고 기다립니다 (Ctrl+.)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>End here and keep the weights as they are (Ctrl+Shift+T)</source>
        <translation>여기서 끝내고 가중치를 그대로 둡니다 (Ctrl+Shift+T)</translation>
    </message>
    <message>
        <source>Progress of loading</source>
        <translation>불러오기 진행</translation>
    </message>
</context>
<context>
    <name>TrainProgressLine</name>
    <message>
        <source>Epoch {epoch}/{epochs}</source>
        <translation>에폭 {epoch}/{epochs}</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>스텝 {step}/{total}</translation>
    </message>
    <message>
        <source>{speed} images/s</source>
        <translation>초당 {speed}장</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>{time} 남음</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n}초</translation>
    </message>
    <message>
        <source>{n} min {s} s</source>
        <translation>{n}분 {s}초</translation>
    </message>
    <message>
        <source>{h} h {n} min</source>
        <translation>{h}시간 {n}분</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>학습 진행</translation>
    </message>
</context>
<context>
    <name>TrainingPresenter</name>
    <message>
        <source>Training stopped. The weights as they are now are on the screen.</source>
        <translation>학습을 멈추었습니다. 지금의 가중치를 화면에 보입니다.</translation>
    </message>
    <message>
        <source>Training finished: {percent} % of {total} test images read correctly.</source>
        <translation>학습을 마쳤습니다. 테스트 이미지 {total}장 중 {percent} %를 맞게 읽었습니다.</translation>
    </message>
</context>
<context>
    <name>UserError</name>
    <message>
        <source>CIFAR-10 is not complete: {file} should have {expected} bytes and has {found}. Download it again.</source>
        <translation>CIFAR-10이 완전하지 않습니다. {file}은(는) {expected}바이트여야 하는데 {found}바이트입니다. 다시 다운로드하세요.</translation>
    </message>
    <message>
        <source>Images were cropped and scaled to {size} pixels.</source>
        <translation>이미지를 잘라 {size} 픽셀로 맞추었습니다.</translation>
    </message>
    <message>
        <source>LeNet&apos;s 5×5 kernels and its pools are larger than what images of {height}×{width} pixels leave them: it needs at least {least}×{least}.</source>
        <translation>{height}×{width} 픽셀 이미지는 LeNet의 5×5 커널과 풀링에 너무 작습니다. 적어도 {least}×{least}이어야 합니다.</translation>
    </message>
    <message>
        <source>MNIST is not complete: {file} is missing from {folder}.</source>
        <translation>MNIST가 완전하지 않습니다. {folder}에 {file}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>SimpleCNN&apos;s pools are larger than what images of {height}×{width} pixels leave them: it needs at least {least}×{least}.</source>
        <translation>{height}×{width} 픽셀 이미지는 SimpleCNN의 풀링에 너무 작습니다. 적어도 {least}×{least}이어야 합니다.</translation>
    </message>
    <message>
        <source>Something unexpected happened: {reason}.</source>
        <translation>예상하지 못한 일이 일어났습니다: {reason}.</translation>
    </message>
    <message>
        <source>Stop the training first: it is changing the weights that would be replaced.</source>
        <translation>먼저 학습을 멈추세요. 바꾸려는 가중치를 학습이 고치고 있습니다.</translation>
    </message>
    <message>
        <source>Stop the training first: the data set would change under it.</source>
        <translation>먼저 학습을 멈추세요. 학습 중인 데이터셋이 바뀌게 됩니다.</translation>
    </message>
    <message>
        <source>The augmentation for handwriting needs grey images; those of {title} are in colour.</source>
        <translation>손글씨 증강은 흑백 이미지에만 쓸 수 있습니다. {title}의 이미지는 컬러입니다.</translation>
    </message>
    <message>
        <source>The batch size must be at least 1; it is {value}.</source>
        <translation>배치 크기는 1 이상이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The batch size {value} is larger than the {count} images of {title} that are left for training.</source>
        <translation>배치 크기 {value}이(가) 학습에 남은 {title} 이미지 {count}장보다 큽니다.</translation>
    </message>
    <message>
        <source>The class folder {folder} holds no images.</source>
        <translation>클래스 폴더 {folder}에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>The device {device} failed: {reason} The last good weights are kept. Try again, or train on the CPU.</source>
        <translation>장치 {device}에 오류가 났습니다: {reason} 마지막으로 올바른 가중치를 남겨 두었습니다. 다시 시도하거나 CPU에서 학습하세요.</translation>
    </message>
    <message>
        <source>The device {device} is not there; this machine has: {there}.</source>
        <translation>장치 {device}이(가) 없습니다. 이 컴퓨터에는 {there}이(가) 있습니다.</translation>
    </message>
    <message>
        <source>The dropout must be at least 0 and below 1; it is {value}.</source>
        <translation>드롭아웃은 0 이상 1 미만이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist.</source>
        <translation>폴더 {folder}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The images of {file} are {size} pixels; they are scaled down to {fitted}.</source>
        <translation>{file}의 이미지는 {size} 픽셀이며 {fitted}(으)로 줄였습니다.</translation>
    </message>
    <message>
        <source>The learning rate must be a number above 0; it is {value}.</source>
        <translation>학습률은 0보다 큰 수여야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The memory of {device} ran out. The last good weights are kept. Try a smaller batch size.</source>
        <translation>{device}의 메모리가 부족합니다. 마지막으로 올바른 가중치를 남겨 두었습니다. 배치 크기를 줄여 보세요.</translation>
    </message>
    <message>
        <source>The model takes {channels} channels; an image has 1 or 3.</source>
        <translation>모델은 채널 {channels}개를 받지만 이미지의 채널은 1개 또는 3개입니다.</translation>
    </message>
    <message>
        <source>The momentum must be at least 0 and below 1; it is {value}.</source>
        <translation>모멘텀은 0 이상 1 미만이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The number of epochs must be at least 1; it is {value}.</source>
        <translation>에폭 수는 1 이상이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The number of threads must be at least 0; it is {value}.</source>
        <translation>스레드 수는 0 이상이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The part held out for validation must be at least 0 and below 1; it is {value}.</source>
        <translation>검증 비율은 0 이상 1 미만이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The proxy that this computer is set to cannot be used: {reason}.</source>
        <translation>이 컴퓨터에 설정된 프록시를 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The seed must be a whole number of at least 0 and below 2⁶³; it is {value}.</source>
        <translation>시드는 0 이상 2⁶³ 미만의 정수여야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The training diverged at step {step}: the loss is no longer a finite number. The weights of step {good} are kept. Try a learning rate below {rate}.</source>
        <translation>스텝 {step}에서 학습이 발산했습니다. 손실이 더는 유한한 수가 아닙니다. 스텝 {good}의 가중치를 남겨 두었습니다. {rate}보다 작은 학습률로 해 보세요.</translation>
    </message>
    <message>
        <source>The weight decay must be a number of at least 0; it is {value}.</source>
        <translation>가중치 감쇠는 0 이상이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The weights to go on from are those of {start}, not of {wanted}.</source>
        <translation>이어서 학습할 가중치는 {wanted}이(가) 아니라 {start}의 것입니다.</translation>
    </message>
    <message>
        <source>The weights to go on from take images of {start_shape} in {start_classes} classes; the data set has {shape} in {classes}.</source>
        <translation>이어서 학습할 가중치는 {start_shape} 이미지와 클래스 {start_classes}개에 맞지만 데이터셋은 {shape}, 클래스 {classes}개입니다.</translation>
    </message>
    <message>
        <source>There are no curves to export yet: train a model first.</source>
        <translation>아직 내보낼 곡선이 없습니다. 먼저 모델을 학습하세요.</translation>
    </message>
    <message>
        <source>There are no feature maps to export: choose an image first.</source>
        <translation>내보낼 특징 맵이 없습니다. 먼저 이미지를 고르세요.</translation>
    </message>
    <message>
        <source>There are no kernels to export: choose a layer with weights first.</source>
        <translation>내보낼 커널이 없습니다. 먼저 가중치가 있는 층을 고르세요.</translation>
    </message>
    <message>
        <source>There are no numbers to export yet: train a model first.</source>
        <translation>아직 내보낼 수치가 없습니다. 먼저 모델을 학습하세요.</translation>
    </message>
    <message>
        <source>There are no weights to save yet.</source>
        <translation>아직 저장할 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>There is no data set to train on yet: choose one or download it.</source>
        <translation>아직 학습할 데이터셋이 없습니다. 하나를 고르거나 다운로드하세요.</translation>
    </message>
    <message>
        <source>There is no data set {key}. Choose {known}, folder:PATH or npz:PATH.</source>
        <translation>데이터셋 {key}이(가) 없습니다. {known}, folder:경로 또는 npz:경로를 고르세요.</translation>
    </message>
    <message>
        <source>There is no device {device} here.</source>
        <translation>여기에는 장치 {device}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>There is no digit to be seen in this picture: it needs writing that differs from its background.</source>
        <translation>이 그림에서 숫자가 보이지 않습니다. 글씨가 배경과 뚜렷이 달라야 합니다.</translation>
    </message>
    <message>
        <source>There is no model called {model}; the models are: {known}.</source>
        <translation>{model}(이)라는 모델은 없습니다. 모델: {known}.</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard: copy one first.</source>
        <translation>클립보드에 그림이 없습니다. 먼저 그림을 복사하세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>이 작업을 하기에는 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>There is nothing to download for {key}.</source>
        <translation>{key}은(는) 다운로드할 것이 없습니다.</translation>
    </message>
    <message>
        <source>These weights read {shape} images of {count} classes, and {title} has {data_shape} and {data_count}.</source>
        <translation>이 가중치는 {shape} 이미지와 클래스 {count}개에 맞지만 {title}은(는) {data_shape}, 클래스 {data_count}개입니다.</translation>
    </message>
    <message>
        <source>What {host} sends has the wrong checksum.</source>
        <translation>{host}에서 받은 파일의 체크섬이 다릅니다.</translation>
    </message>
    <message>
        <source>{count} images were left out because they cannot be read. The first: {sentence}</source>
        <translation>읽을 수 없는 이미지 {count}장을 뺐습니다. 첫 번째: {sentence}</translation>
    </message>
    <message>
        <source>{file} cannot be opened: {reason}.</source>
        <translation>{file}을(를) 열 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file}을(를) 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}. Delete it and get the data set again.</source>
        <translation>{file}을(를) 읽을 수 없습니다: {reason}. 지우고 데이터셋을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} cannot be unpacked. Delete it and try again.</source>
        <translation>{file}의 압축을 풀 수 없습니다. 지우고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {count} classes are more than {most}.</source>
        <translation>{file}을(를) 쓸 수 없습니다. 클래스 {count}개는 {most}개보다 많습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {layer} does not hold ordinary floating-point numbers.</source>
        <translation>{file}을(를) 쓸 수 없습니다. {layer}에 일반 부동소수점 수가 아닌 값이 있습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {layer} holds NaN or infinity, so the training that wrote it had diverged.</source>
        <translation>{file}을(를) 쓸 수 없습니다. {layer}에 NaN이나 무한대가 있으니 발산한 학습에서 나온 것입니다.</translation>
    </message>
    <message>
        <source>{file} cannot be written: its folder does not exist.</source>
        <translation>{file}을(를) 쓸 수 없습니다. 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be written: its name must end in .safetensors.</source>
        <translation>{file}을(를) 쓸 수 없습니다. 이름이 .safetensors로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>{file} could not be unpacked: {reason}.</source>
        <translation>{file}의 압축을 풀지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} does not exist.</source>
        <translation>{file}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{file} does not hold all six batches of CIFAR-10.</source>
        <translation>{file}에 CIFAR-10의 배치 여섯 개가 모두 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>{file} does not say which model its weights are of, and its layers fit {found}: choose the model.</source>
        <translation>{file}에는 어느 모델의 가중치인지 적혀 있지 않고 층은 {found}에 맞습니다. 모델을 고르세요.</translation>
    </message>
    <message>
        <source>{file} has no array named &quot;{key}&quot;.</source>
        <translation>{file}에 &quot;{key}&quot; 배열이 없습니다.</translation>
    </message>
    <message>
        <source>{file} has no pixels.</source>
        <translation>{file}에 픽셀이 없습니다.</translation>
    </message>
    <message>
        <source>{file} holds a negative label: {label}.</source>
        <translation>{file}에 음수 레이블이 있습니다: {label}.</translation>
    </message>
    <message>
        <source>{file} holds more than weights ({what}), and opening that could run code: save the model&apos;s state_dict() instead of the model.</source>
        <translation>{file}에는 가중치가 아닌 것({what})이 들어 있어 열면 코드가 실행될 수 있습니다. 모델 대신 state_dict()를 저장하세요.</translation>
    </message>
    <message>
        <source>{file} holds more weights than {limit} MB.</source>
        <translation>{file}의 가중치가 {limit} MB를 넘습니다.</translation>
    </message>
    <message>
        <source>{file} holds no images in one of its parts.</source>
        <translation>{file}의 한 부분에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{file} holds no images.</source>
        <translation>{file}에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{file} holds no weights by name: save the model&apos;s state_dict().</source>
        <translation>{file}에 이름이 붙은 가중치가 없습니다. 모델의 state_dict()를 저장하세요.</translation>
    </message>
    <message>
        <source>{file} holds no weights by name: {entry} is not a tensor.</source>
        <translation>{file}에 이름이 붙은 가중치가 없습니다. {entry}은(는) 텐서가 아닙니다.</translation>
    </message>
    <message>
        <source>{file} holds one class only; to tell images apart takes two at least.</source>
        <translation>{file}에 클래스가 하나뿐입니다. 적어도 두 개가 필요합니다.</translation>
    </message>
    <message>
        <source>{file} holds one image of each class only; a test takes two at least.</source>
        <translation>{file}에 클래스마다 이미지가 한 장뿐입니다. 테스트하려면 적어도 두 장이 필요합니다.</translation>
    </message>
    <message>
        <source>{file} holds only one of {images} and {labels}.</source>
        <translation>{file}에 {images}와 {labels} 중 하나만 있습니다.</translation>
    </message>
    <message>
        <source>{file} holds the label {label}, but there are only {classes} classes (0 to {last}).</source>
        <translation>{file}에 레이블 {label}이(가) 있지만 클래스는 {classes}개(0~{last})뿐입니다.</translation>
    </message>
    <message>
        <source>{file} holds the weights of {found}, not of {model}.</source>
        <translation>{file}은(는) {model}이(가) 아니라 {found}의 가중치입니다.</translation>
    </message>
    <message>
        <source>{file} holds {images} images but {labels} labels.</source>
        <translation>{file}에 이미지는 {images}장인데 레이블은 {labels}개입니다.</translation>
    </message>
    <message>
        <source>{file} is a TorchScript program, which runs code when it is opened: open the model&apos;s state_dict() instead.</source>
        <translation>{file}은(는) 열면 코드가 실행되는 TorchScript 프로그램입니다. 모델의 state_dict()를 여세요.</translation>
    </message>
    <message>
        <source>{file} is a folder, not a weights file.</source>
        <translation>{file}은(는) 가중치 파일이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>{file} is a folder, not an .npz file.</source>
        <translation>{file}은(는) .npz 파일이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>{file} is a folder, not an image.</source>
        <translation>{file}은(는) 이미지가 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>{file} is an exported PyTorch program (.pt2), which runs code when it is opened: open the model&apos;s state_dict() instead.</source>
        <translation>{file}은(는) 열면 코드가 실행되는 PyTorch 내보내기 프로그램(.pt2)입니다. 모델의 state_dict()를 여세요.</translation>
    </message>
    <message>
        <source>{file} is cut or damaged. Delete it and get CIFAR-10 again.</source>
        <translation>{file}이(가) 잘렸거나 손상되었습니다. 지우고 CIFAR-10을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is cut or damaged: it should hold {expected} bytes and holds {found}. Delete it and get the data set again.</source>
        <translation>{file}이(가) 잘렸거나 손상되었습니다. {expected}바이트여야 하는데 {found}바이트입니다. 지우고 데이터셋을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is damaged or cut off and cannot be read as an image.</source>
        <translation>{file}이(가) 손상되었거나 잘려서 이미지로 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged or is not CIFAR-10&apos;s: its checksum is wrong. Delete it and get CIFAR-10 again.</source>
        <translation>{file}이(가) 손상되었거나 CIFAR-10의 파일이 아닙니다. 체크섬이 다릅니다. 지우고 CIFAR-10을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is damaged or is not MNIST&apos;s: its checksum is wrong. Delete it and get MNIST again.</source>
        <translation>{file}이(가) 손상되었거나 MNIST의 파일이 아닙니다. 체크섬이 다릅니다. 지우고 MNIST를 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is damaged, cut short or not a safetensors file.</source>
        <translation>{file}이(가) 손상되었거나 잘렸거나 safetensors 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: it describes a model that cannot exist.</source>
        <translation>{file}이(가) 손상되었습니다. 있을 수 없는 모델이 적혀 있습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: it holds more than it says.</source>
        <translation>{file}이(가) 손상되었습니다. 적힌 것보다 많은 것이 들어 있습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: its checksum or its description is wrong.</source>
        <translation>{file}이(가) 손상되었습니다. 체크섬이나 설명이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: its content cannot be read.</source>
        <translation>{file}이(가) 손상되어 내용을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: the array &quot;{key}&quot; cannot be read.</source>
        <translation>{file}이(가) 손상되었습니다. &quot;{key}&quot; 배열을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is empty.</source>
        <translation>{file}이(가) 비어 있습니다.</translation>
    </message>
    <message>
        <source>{file} is empty. Delete it and get the data set again.</source>
        <translation>{file}이(가) 비어 있습니다. 지우고 데이터셋을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is not a PyTorch weights file.</source>
        <translation>{file}은(는) PyTorch 가중치 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not a batch of CIFAR-10 images, or it is damaged.</source>
        <translation>{file}은(는) CIFAR-10 배치가 아니거나 손상되었습니다.</translation>
    </message>
    <message>
        <source>{file} is not a file.</source>
        <translation>{file}은(는) 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not a safetensors file: its ending should be .pt or .zip.</source>
        <translation>{file}은(는) safetensors 파일이 아닙니다. 확장자는 .pt나 .zip이어야 합니다.</translation>
    </message>
    <message>
        <source>{file} is not a {model}, which has no {layers}.</source>
        <translation>{file}은(는) {model}이(가) 아닙니다. {model}에는 {layers}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{file} is not a {model}: it has no {layers}.</source>
        <translation>{file}은(는) {model}이(가) 아닙니다. {layers}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{file} is not an .npz file, or it is cut.</source>
        <translation>{file}은(는) .npz 파일이 아니거나 잘렸습니다.</translation>
    </message>
    <message>
        <source>{file} is not an IDX file of {axes} axes of bytes.</source>
        <translation>{file}은(는) 바이트 축 {axes}개의 IDX 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not an image in PNG, JPEG, BMP, GIF, WEBP or TIFF format.</source>
        <translation>{file}은(는) PNG, JPEG, BMP, GIF, WEBP, TIFF 이미지가 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not opened: it is compressed and could unpack to any size, which PyTorch never writes.</source>
        <translation>{file}을(를) 열지 않았습니다. PyTorch가 쓰지 않는 압축 파일이라 얼마든지 커질 수 있습니다.</translation>
    </message>
    <message>
        <source>{file} is not opened: weights are files ending in .safetensors, .pt or .pth.</source>
        <translation>{file}을(를) 열지 않았습니다. 가중치 파일은 .safetensors, .pt, .pth로 끝납니다.</translation>
    </message>
    <message>
        <source>{file} is not such a {model}: {layer} has the shape {found}, expected is {expected}.</source>
        <translation>{file}은(는) 이 {model}에 맞지 않습니다. {layer}의 모양은 {found}인데 {expected}이어야 합니다.</translation>
    </message>
    <message>
        <source>{file} is not there any more.</source>
        <translation>{file}이(가) 더는 없습니다.</translation>
    </message>
    <message>
        <source>{file} is too large for a weights file: {size} MB, at most {limit} MB.</source>
        <translation>{file}은(는) 가중치 파일로 너무 큽니다. {size} MB이며 최대 {limit} MB입니다.</translation>
    </message>
    <message>
        <source>{file} is too large: images up to {limit} MB are read.</source>
        <translation>{file}이(가) 너무 큽니다. 이미지는 {limit} MB까지 읽습니다.</translation>
    </message>
    <message>
        <source>{file} is too large: images up to {limit} megapixels are read.</source>
        <translation>{file}이(가) 너무 큽니다. 이미지는 {limit} 메가픽셀까지 읽습니다.</translation>
    </message>
    <message>
        <source>{file} lacks the arrays x_train and y_train (or train_images and train_labels); it holds {found}.</source>
        <translation>{file}에 x_train과 y_train(또는 train_images와 train_labels) 배열이 없습니다. 들어 있는 것: {found}.</translation>
    </message>
    <message>
        <source>{file} needs more memory than there is.</source>
        <translation>{file}을(를) 열기에는 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>{file} should hold images of {expected} bytes; it holds {found} of the type {type}.</source>
        <translation>{file}에는 {expected}바이트 이미지가 있어야 하는데 {type} 형식의 {found}이(가) 들어 있습니다.</translation>
    </message>
    <message>
        <source>{file} unpacks to {size} MB, more than the {limit} MB that are read.</source>
        <translation>{file}은(는) 풀면 {size} MB로, 읽을 수 있는 {limit} MB보다 큽니다.</translation>
    </message>
    <message>
        <source>{file} was not written: its name must end in {endings}.</source>
        <translation>{file}을(를) 쓰지 않았습니다. 이름이 {endings}(으)로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>{file} was not written: the disk is full. The old file is unchanged.</source>
        <translation>{file}을(를) 쓰지 못했습니다. 디스크가 가득 찼습니다. 이전 파일은 그대로입니다.</translation>
    </message>
    <message>
        <source>{file} was not written: the folder {folder} does not exist.</source>
        <translation>{file}을(를) 쓰지 못했습니다. 폴더 {folder}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{file} was not written: the folder {folder} may not be written to.</source>
        <translation>{file}을(를) 쓰지 못했습니다. 폴더 {folder}에 쓸 권한이 없습니다.</translation>
    </message>
    <message>
        <source>{file} was not written: weights are saved in files ending in .safetensors.</source>
        <translation>{file}을(를) 쓰지 않았습니다. 가중치는 .safetensors 파일로 저장합니다.</translation>
    </message>
    <message>
        <source>{file} was not written: {layer} holds numbers that are not finite.</source>
        <translation>{file}을(를) 쓰지 않았습니다. {layer}에 유한하지 않은 수가 있습니다.</translation>
    </message>
    <message>
        <source>{file} was not written: {reason}.</source>
        <translation>{file}을(를) 쓰지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} was written by PyTorch before 1.6 or by another program: load it there and save its state_dict() again with a newer PyTorch.</source>
        <translation>{file}은(는) PyTorch 1.6 이전이나 다른 프로그램이 쓴 것입니다. 거기서 열어 새 PyTorch로 state_dict()를 다시 저장하세요.</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of this program: update it.</source>
        <translation>{file}은(는) 이 프로그램의 더 새로운 버전이 썼습니다. 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>{file}: an array of the shape {shape} is not a series of grey or RGB images.</source>
        <translation>{file}: 모양이 {shape}인 배열은 흑백이나 RGB 이미지의 묶음이 아닙니다.</translation>
    </message>
    <message>
        <source>{file}: pixels run from {low} to {high}; they must lie in 0 to 255, or in 0 to 1.</source>
        <translation>{file}: 픽셀 값이 {low}~{high}입니다. 0~255 또는 0~1이어야 합니다.</translation>
    </message>
    <message>
        <source>{file}: some pixels are not a number (NaN) or infinite.</source>
        <translation>{file}: 픽셀에 NaN이나 무한대가 있습니다.</translation>
    </message>
    <message>
        <source>{file}: the array &quot;{key}&quot; holds Python objects, which could run a program; only numbers are read.</source>
        <translation>{file}: &quot;{key}&quot; 배열에 프로그램을 실행할 수 있는 파이썬 객체가 있습니다. 수만 읽습니다.</translation>
    </message>
    <message>
        <source>{file}: the images are not numbers but {type}.</source>
        <translation>{file}: 이미지가 수가 아니라 {type}입니다.</translation>
    </message>
    <message>
        <source>{file}: the images of its parts differ in size: {sizes}.</source>
        <translation>{file}: 부분마다 이미지 크기가 다릅니다: {sizes}.</translation>
    </message>
    <message>
        <source>{file}: the labels are not one whole number for each image.</source>
        <translation>{file}: 레이블이 이미지마다 정수 하나가 아닙니다.</translation>
    </message>
    <message>
        <source>{file}: the labels have several columns (one-hot or several classes an image); one whole number for each image is needed.</source>
        <translation>{file}: 레이블의 열이 여럿입니다(원-핫이나 다중 클래스). 이미지마다 정수 하나가 필요합니다.</translation>
    </message>
    <message>
        <source>{folder} cannot be read: {reason}.</source>
        <translation>{folder}을(를) 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{folder} has no sub-folders: put the images of each class into a folder named after it.</source>
        <translation>{folder}에 하위 폴더가 없습니다. 클래스 이름의 폴더마다 이미지를 넣으세요.</translation>
    </message>
    <message>
        <source>{folder} has {count} sub-folders; up to {limit} classes are read.</source>
        <translation>{folder}의 하위 폴더는 {count}개입니다. 클래스는 {limit}개까지 읽습니다.</translation>
    </message>
    <message>
        <source>{folder} holds no images in its sub-folders.</source>
        <translation>{folder}의 하위 폴더에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{folder} holds no images.</source>
        <translation>{folder}에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{folder} holds the class {name}, which the training part lacks.</source>
        <translation>{folder}의 클래스 {name}이(가) 학습 부분에는 없습니다.</translation>
    </message>
    <message>
        <source>{folder} holds {count} images, more than fit into memory.</source>
        <translation>{folder}의 이미지 {count}장은 메모리에 다 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>{host} answers with error {code}.</source>
        <translation>{host}이(가) 오류 {code}(으)로 답했습니다.</translation>
    </message>
    <message>
        <source>{host} broke off.</source>
        <translation>{host}과(와)의 연결이 끊겼습니다.</translation>
    </message>
    <message>
        <source>{host} gave no usable answer.</source>
        <translation>{host}에서 쓸 수 있는 답을 받지 못했습니다.</translation>
    </message>
    <message>
        <source>{host} leads to an unprotected connection.</source>
        <translation>{host}이(가) 보호되지 않는 연결로 이어집니다.</translation>
    </message>
    <message>
        <source>{host} sends another part than asked for.</source>
        <translation>{host}이(가) 요청과 다른 부분을 보냅니다.</translation>
    </message>
    <message>
        <source>{host} sends more than the file holds.</source>
        <translation>{host}이(가) 파일보다 많은 데이터를 보냅니다.</translation>
    </message>
    <message>
        <source>{host} sends something else under this name.</source>
        <translation>{host}이(가) 이 이름으로 다른 것을 보냅니다.</translation>
    </message>
    <message>
        <source>{model} cannot be run on an image of {shape} (channels×height×width): {reason}.</source>
        <translation>{model}은(는) {shape}(채널×높이×너비) 이미지로 실행할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{model} is not a classifier of {count} classes: its output has the shape {shape}.</source>
        <translation>{model}은(는) 클래스 {count}개의 분류기가 아닙니다. 출력의 모양이 {shape}입니다.</translation>
    </message>
    <message>
        <source>{model} takes images of {expected} (channels×height×width), not of {found}.</source>
        <translation>{model}은(는) {found}이(가) 아니라 {expected}(채널×높이×너비) 이미지를 받습니다.</translation>
    </message>
    <message>
        <source>{name} needs more memory than there is.</source>
        <translation>{name}을(를) 열기에는 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded into {folder}: {reason}. Choose a folder that can be written.</source>
        <translation>{title}을(를) {folder}에 다운로드하지 못했습니다: {reason}. 쓸 수 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded. {reason} Try again later, or put {file} into {folder} yourself.</source>
        <translation>{title}을(를) 다운로드하지 못했습니다. {reason} 나중에 다시 시도하거나 {file}을(를) {folder}에 직접 넣으세요.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded: no server can be reached. Check the network connection and try again; what has come so far is kept. The built-in data sets need no network.</source>
        <translation>{title}을(를) 다운로드하지 못했습니다. 서버에 연결할 수 없습니다. 네트워크를 확인하고 다시 시도하세요. 지금까지 받은 것은 남아 있습니다. 내장 데이터셋은 네트워크가 필요 없습니다.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded: the disk with {folder} is full. Make room and try again; what has come so far is kept.</source>
        <translation>{title}을(를) 다운로드하지 못했습니다. {folder}의 디스크가 가득 찼습니다. 공간을 비우고 다시 시도하세요. 지금까지 받은 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>{title} has no {name} images.</source>
        <translation>{title}에 {name} 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{title} has the label {label} among its {name} images, but its {classes} classes are numbered 0 to {last}.</source>
        <translation>{title}의 {name} 이미지에 레이블 {label}이(가) 있지만 클래스 {classes}개의 번호는 0~{last}입니다.</translation>
    </message>
    <message>
        <source>{title} is not in the folder {folder}. Download it in the program&apos;s window, or choose the folder that holds it.</source>
        <translation>폴더 {folder}에 {title}이(가) 없습니다. 프로그램 창에서 다운로드하거나 들어 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{title} needs {needed} MB in {folder}, but only {free} MB are free. Make room, or choose another folder.</source>
        <translation>{title}은(는) {folder}에 {needed} MB가 필요한데 {free} MB만 비어 있습니다. 공간을 비우거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{value} is not a known {field}; known are: {known}.</source>
        <translation>{value}은(는) 알 수 없는 {field}입니다. 쓸 수 있는 값: {known}.</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Winner</source>
        <translation>가장 높은 클래스</translation>
    </message>
    <message>
        <source>right: the label is {label}</source>
        <translation>맞음: 레이블은 {label}</translation>
    </message>
    <message>
        <source>wrong: the label is {label}</source>
        <translation>틀림: 레이블은 {label}</translation>
    </message>
    <message>
        <source>An empty canvas predicts nothing</source>
        <translation>빈 캔버스는 아무것도 예측하지 않습니다</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
</context>
<context>
    <name>WeightSummary</name>
    <message>
        <source>mean {mean}   std {std}</source>
        <translation>평균 {mean}   표준편차 {std}</translation>
    </message>
    <message>
        <source>min {low}   max {high}</source>
        <translation>최소 {low}   최대 {high}</translation>
    </message>
    <message>
        <source>{count} weights are not numbers</source>
        <translation>가중치 {count}개가 수가 아닙니다</translation>
    </message>
    <message>
        <source>no bias</source>
        <translation>편향 없음</translation>
    </message>
    <message>
        <source>bias[{channel}] = {value}</source>
        <translation>편향[{channel}] = {value}</translation>
    </message>
    <message>
        <source>bias {low} to {high}</source>
        <translation>편향 {low} ~ {high}</translation>
    </message>
    <message>
        <source>Weights of the layer</source>
        <translation>층의 가중치</translation>
    </message>
    <message>
        <source>Colours of the weights, and how many weights have which value (square root of the count, so that few large ones stay visible). The line is the mean.</source>
        <translation>가중치의 색과 값마다의 개수입니다(적은 큰 값도 보이도록 개수의 제곱근). 선은 평균입니다.</translation>
    </message>
</context>
<context>
    <name>_DropFrame</name>
    <message>
        <source>Let go to open</source>
        <translation>놓으면 엽니다</translation>
    </message>
</context>
</TS>
